#!/usr/bin/env python3
"""Soaks the service: files dropped, rows posted by several clients, selections asked for, and the process killed in the middle.

    python3 tests/soak.py [MINUTES] [--clients 8] [--folder DIR]

Afterwards every acknowledged row must be in the pool exactly once, every dropped file's rows too, and 'sluice verify' must find nothing. Exit code 0 when so. Python's own
library only. The service is the release build that './sluice' makes; its log, and a line a minute of what it holds, lie in the folder.
"""
import argparse, collections, glob, http.client, json, os, random, re, signal, subprocess, sys, tempfile, threading, time

arguments = argparse.ArgumentParser()
arguments.add_argument("minutes", nargs="?", type=float, default=30)
arguments.add_argument("--clients", type=int, default=8)
arguments.add_argument("--folder", default="")
options = arguments.parse_args()
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
folder = options.folder or tempfile.mkdtemp(prefix="sluice-soak-")
os.makedirs(os.path.join(folder, "drop"), exist_ok=True)
host = os.path.join(root, "artifacts/bin/Sluice.Host/release/sluice-host")
subprocess.run([os.path.join(root, "sluice"), "--version"], check=True, stdout=subprocess.DEVNULL)
with open(os.path.join(folder, "soak.json"), "w") as out:
    json.dump({"Name": "soak", "Sources": [{"Path": "drop", "Label": "files"}],
               "Recipe": [{"Step": "Threshold", "Column": "quality", "Above": -50}, {"Step": "Top", "Column": "quality", "Count": 5000}],
               "Serve": {"SelectAfterIngest": False, "CommitInterval": "00:00:02"}}, out)

words = "river city mountain question answer compute explain translate harvest engine violin glacier theorem market proof garden syntax orbit enzyme ledger".split()
address, process, stop = ["127.0.0.1", 0], None, threading.Event()
acknowledged, dropped, lock = {}, [], threading.Lock()
counts = collections.Counter()


def row(name, chance):
    # Words at random: nothing nearly repeats anything.
    text = lambda n: " ".join(chance.choice(words) + str(chance.randrange(10000)) for _ in range(n))
    return json.dumps({"instruction": f"Task {name}: {text(12)}", "output": f"{name}: {text(30)}"})


def start():
    global process
    log = open(os.path.join(folder, "service.log"), "a")
    begin = log.tell()
    process = subprocess.Popen([host, "serve", "soak.json", "--set", "Serve:Http:Url=http://127.0.0.1:0"], cwd=folder, stdout=log, stderr=log)
    while True:
        with open(log.name) as read:
            read.seek(begin)
            found = re.search(r"Serving .* at http://([0-9.]+):([0-9]+) ", read.read())
        if found:
            address[0], address[1] = found[1], int(found[2])
            return
        if process.poll() is not None:
            sys.exit(f"The service ended before it listened; see {log.name}.")
        time.sleep(0.1)


def ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(*address, timeout=150)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def client(number):
    chance, sent = random.Random(number), 0
    while not stop.is_set():
        key, size = f"c{number}-{sent}", chance.choice([1, 5, 20, 100])
        rows = [row(f"{key}-{i}", chance) for i in range(size)]
        body = "\n".join(rows)
        while not stop.is_set():
            try:
                status, answer = ask("POST", "/rows", body, {"Content-Type": "application/x-ndjson", "Idempotency-Key": key})
            except OSError:
                counts["connections lost"] += 1
                time.sleep(0.5)
                continue
            counts[f"status {status}"] += 1
            if status == 200:
                with lock:
                    acknowledged[key] = rows
                # Now and then somebody is not sure, and sends again what was acknowledged.
                if chance.random() < 0.05:
                    counts["sent again"] += 1
                    status, answer = ask_again(body, key)
                    if status == 200 and not json.loads(answer)["repeated"]:
                        counts["TAKEN TWICE"] += 1
                break
            time.sleep(0.5)
        sent += 1
        time.sleep(chance.uniform(0, 0.4))


def ask_again(body, key):
    try:
        return ask("POST", "/rows", body, {"Content-Type": "application/x-ndjson", "Idempotency-Key": key})
    except OSError:
        return 0, b""


def dropper():
    chance, number = random.Random(99), 0
    while not stop.is_set():
        rows = [row(f"f{number}-{i}", chance) for i in range(chance.choice([50, 500, 3000]))]
        path = os.path.join(folder, "drop", f"{number:05}.jsonl")
        # Written slowly under its own name: only settled files may be read.
        with open(path, "w") as out:
            for part in range(0, len(rows), 500):
                out.write("".join(r + "\n" for r in rows[part:part + 500]))
                out.flush()
                time.sleep(0.3)
        with lock:
            dropped.extend(rows)
        number += 1
        stop.wait(chance.uniform(10, 30))


def look():
    pipeline = json.loads(ask("GET", "/api/state")[1])
    machine, pipeline = pipeline["machine"], pipeline["pipelines"][0]
    with lock:
        line = dict(minute=round((time.time() - began) / 60, 1), status=pipeline["status"], rows=pipeline["counts"]["annotated"], segments=pipeline["counts"]["segments"],
                    acknowledged=sum(map(len, acknowledged.values())), dropped=len(dropped), inbox=pipeline["inbox"]["requests"], selected=(pipeline["selection"] or {}).get("rows"),
                    resident_mb=machine["residentBytes"] >> 20, **counts)
    print(line, flush=True)


began = time.time()
start()
threads = [threading.Thread(target=client, args=(i,), daemon=True) for i in range(options.clients)] + [threading.Thread(target=dropper, daemon=True)]
for thread in threads:
    thread.start()
length, selections, kills, looked = options.minutes * 60, [0.3, 0.8], [0.5], 0
while (now := time.time() - began) < length:
    if selections and now > selections[0] * length:
        selections.pop(0)
        print("selection asked for:", ask("POST", "/pipelines/soak/selections")[0], flush=True)
    if kills and now > kills[0] * length:
        kills.pop(0)
        process.send_signal(signal.SIGKILL)
        process.wait()
        print("killed; starting again", flush=True)
        start()
    if now - looked > 60:
        looked = now
        look()
    time.sleep(0.5)
stop.set()
for thread in threads:
    thread.join(180)
# What was dropped last must settle and be read.
deadline = time.time() + 120
while time.time() < deadline and json.loads(ask("GET", "/api/state")[1])["pipelines"][0]["counts"]["read"] < len(dropped) + sum(map(len, acknowledged.values())):
    time.sleep(1)
look()
process.send_signal(signal.SIGTERM)
code = process.wait(60)

found = collections.Counter()
for path in glob.glob(os.path.join(folder, "runs/soak/work/pool/segments/*/rows.jsonl")):
    with open(path) as rows:
        found.update(line.rstrip("\n") for line in rows)
expected = [r for rows in acknowledged.values() for r in rows] + dropped
lost = [r for r in expected if found[r] == 0]
twice = [r for r in expected if found[r] > 1]
verify = subprocess.run([host, "verify", "runs/soak/work"], cwd=folder, capture_output=True, text=True)
print(json.dumps(dict(minutes=options.minutes, requests=len(acknowledged), acknowledged_rows=sum(map(len, acknowledged.values())), dropped_rows=len(dropped), pool_rows=sum(found.values()),
                      unacknowledged_rows_in_pool=sum(found.values()) - len(expected), lost=len(lost), twice=len(twice), exit_code=code, verify=verify.returncode, counts=dict(counts))))
print(verify.stdout[-400:], verify.stderr[-400:])
sys.exit(0 if not lost and not twice and code == 0 and verify.returncode == 0 and "TAKEN TWICE" not in counts else 1)
