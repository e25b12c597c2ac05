"""Serves a tuned model as OpenAI's completions do (greedy, without streaming), answering concurrent requests in batches: for MoDS and for trying clients."""
import argparse
import hmac
import json
import os
import queue
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import chat_rows
import lm_decode
import lm_rows
from train_lm import keep_memory

WAIT = 0.004  # seconds that a batch waits for more requests
LARGEST = 4 << 20  # bytes of a request


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Batcher:
    """Puts what is asked at the same time into one batch."""

    def __init__(self, pool, batch, threads):
        self._pool, self._batch, self._asked = pool, batch, queue.Queue()
        self._slots = threading.Semaphore(threads)
        threading.Thread(target=self._run, daemon=True).start()

    def ask(self, prompt, most):
        asked = {"prompt": prompt, "most": most, "done": threading.Event()}
        self._asked.put(asked)
        return asked

    @staticmethod
    def answer(asked):
        asked["done"].wait()
        if "fault" in asked:
            raise asked["fault"]
        return asked["answer"]

    def _run(self):
        while True:
            self._slots.acquire()  # while every decoder is busy, requests gather
            part, until = [self._asked.get()], time.monotonic() + WAIT
            while len(part) < self._batch:
                try:
                    part.append(self._asked.get(timeout=max(0.0, until - time.monotonic())))
                except queue.Empty:
                    break
            self._pool.submit([x["prompt"] for x in part], [x["most"] for x in part]).add_done_callback(lambda future, part=part: self._hand_out(future, part))

    def _hand_out(self, future, part):
        self._slots.release()
        fault = future.exception()
        for asked, answer in zip(part, [None] * len(part) if fault else future.result()):
            asked.update({"fault": fault} if fault else {"answer": answer})
            asked["done"].set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def log_message(self, *_):
        pass

    def setup(self):
        super().setup()
        self.connection.setsockopt(6, 1, 1)  # IPPROTO_TCP, TCP_NODELAY: answers are short

    def _send(self, status, document):
        body = json.dumps(document, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _guarded(self, serve):
        try:
            key = self.server.key
            if key and not hmac.compare_digest(self.headers.get("Authorization", "").encode(), f"Bearer {key}".encode()):
                raise Refused(401, "Found no key or another one, expected 'Authorization: Bearer KEY'.")
            self._send(200, serve())
        except Refused as refused:
            kind = "authentication_error" if refused.status == 401 else "invalid_request_error"
            self._send(refused.status, {"error": {"message": str(refused), "type": kind, "param": None, "code": None}})
        except ConnectionError:
            self.close_connection = True
        except Exception as fault:  # a bug: the client hears of it, the server goes on
            self._send(500, {"error": {"message": f"{type(fault).__name__}: {fault}", "type": "server_error", "param": None, "code": None}})

    def do_GET(self):
        self._guarded(self._models)

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length", "x"))
        except ValueError:
            length = LARGEST + 1
        if not 0 <= length <= LARGEST:
            self.close_connection = True
            self._guarded(lambda: self._refuse(413, f"Found no Content-Length or one above {LARGEST}."))
            return
        body = self.rfile.read(length)
        self._guarded(lambda: self._complete(body))

    def _refuse(self, status, message):
        raise Refused(status, message)

    def _models(self):
        if self.path.rstrip("/") != "/v1/models":
            raise Refused(404, f"Found {self.path}, expected /v1/models, /v1/completions or /v1/chat/completions.")
        return {"object": "list", "data": [{"id": self.server.name, "object": "model", "created": 0, "owned_by": "sluice"}]}

    def _complete(self, body):
        if self.path not in ("/v1/completions", "/v1/chat/completions"):
            raise Refused(404, f"Found {self.path}, expected /v1/models, /v1/completions or /v1/chat/completions.")
        try:
            asked = json.loads(body)
        except ValueError as fault:
            raise Refused(400, f"Found no JSON: {fault}.") from None
        if not isinstance(asked, dict):
            raise Refused(400, f"Found {type(asked).__name__}, expected an object.")
        chat = self.path.startswith("/v1/chat")
        prompts, most, stops = self._prompts(asked, chat), self._most(asked), asked.get("stop") or []
        waiting = [self.server.batcher.ask(p, min(most, lm_rows.LIMIT - len(p))) for p in prompts]
        choices, said = [], 0
        for index, one in enumerate(waiting):
            ids = Batcher.answer(one)
            text, reason = self.server.pool.text(ids), "stop" if ids[-1] == self.server.pool.tokenizer.end else "length"
            found = [text.index(s) for s in ([stops] if isinstance(stops, str) else stops) if s in text]
            text, reason, said = (text[:min(found)], "stop", said + len(ids)) if found else (text, reason, said + len(ids))
            choices.append({"index": index, "finish_reason": reason, **({"message": {"role": "assistant", "content": text}} if chat else {"text": text})})
        read = sum(map(len, prompts))
        return {"id": "cmpl-0", "object": "chat.completion" if chat else "text_completion", "created": int(time.time()), "model": self.server.name, "choices": choices,
                "usage": {"prompt_tokens": read, "completion_tokens": said, "total_tokens": read + said}}

    def _most(self, asked):
        if asked.get("temperature") or asked.get("stream") or asked.get("n") not in (None, 1):
            raise Refused(400, "Found a temperature above 0, stream, or n above 1; expected temperature 0, one whole answer (greedy decoding is all that is served).")
        most = asked.get("max_tokens") or asked.get("max_completion_tokens") or self.server.most
        if type(most) is not int or most < 1:
            raise Refused(400, f"Found max_tokens {most!r}, expected a whole number from 1.")
        return most

    def _prompts(self, asked, chat):
        tokenizer = self.server.pool.tokenizer
        try:
            if chat:
                prompts = [self.server.template.prompt(tokenizer, chat_rows.turns({"messages": asked["messages"]}, "messages"))]
            else:
                texts = asked["prompt"] if isinstance(asked["prompt"], list) else [asked["prompt"]]
                prompts = [tokenizer.encode(text, 10 ** 9) for text in texts]
        except ValueError as fault:
            raise Refused(400, str(fault)) from None
        except (KeyError, TypeError, AttributeError) as fault:
            raise Refused(400, f"Found no {fault}, expected {'messages of role and content' if chat else 'prompt: a text or a list of texts'}.") from None
        long = max(map(len, prompts), default=lm_rows.LIMIT)
        if long >= lm_rows.LIMIT:
            raise Refused(400, f"Found {long} tokens or no prompt, expected at most {lm_rows.LIMIT - 1}: the model reads {lm_rows.LIMIT} with its answer (context_length_exceeded).")
        return prompts


class Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 1024


def parse():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", required=True, help="a model folder: models/lm or one of tune_lm.py")
    options.add_argument("--port", type=int, default=8400, help="0: any that is free; the first line printed says which")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--template", default="alpaca", help="one of models/templates: how the messages of a chat are written")
    options.add_argument("--max-tokens", type=int, default=48, help="where a request says nothing")
    options.add_argument("--batch", type=int, default=256)
    options.add_argument("--threads", type=int, default=2, help="batches answered at the same time")
    options.add_argument("--key-variable", default="SLUICE_LM_KEY", help="the environment variable of the bearer key; not set or empty: none is asked for")
    options.add_argument("--check", action="store_true", help="compare step-by-step answers with the whole network's, and end")
    return options.parse_args()


QUESTIONS = ("Name three primary colours.", "Hi", "Write a sentence about the sea.", "什么是牛顿第二定律？", "Compute 12 + 30 and explain each step of the way to the result.",
             "Rewrite the sentence so that it is polite: Give me the book.")


def main():
    options = parse()
    keep_memory()
    template = chat_rows.Template(options.template)
    if options.check:
        tokenizer = lm_decode.load(options.model)[0]
        prompts = [template.prompt(tokenizer, [("user", q)]) for q in QUESTIONS] + [[tokenizer.end]]
        print(json.dumps(lm_decode.check(options.model, prompts)))
        return
    with Server((options.host, options.port), Handler) as server:
        server.pool, server.template, server.most = lm_decode.Pool(options.model, options.threads), template, options.max_tokens
        server.batcher, server.key = Batcher(server.pool, options.batch, options.threads), os.environ.get(options.key_variable, "")
        server.name = os.path.basename(os.path.abspath(options.model))
        print(f"http://{options.host}:{server.server_port}/v1", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    try:
        main()
    except (ValueError, OSError) as fault:
        sys.exit(f"error: {fault}")
