// Headless Chromium by its DevTools protocol, over a pipe: no port, no package, no WebSocket.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The browser's path, or null where there is none. */
export function findChromium() {
  const runs = path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const places = ['chromium', 'chromium-browser', 'google-chrome'].flatMap(name => (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name)));
  return [process.env.CHROMIUM, ...places].find(path => path && runs(path)) ?? null;
}

/** Starts the browser; `open` gives a page, `close` ends it and removes its profile. */
export async function startBrowser(path) {
  const profile = mkdtempSync(join(tmpdir(), 'page-'));
  const child = spawn(path, ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking',
    `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [, , , input, output] = child.stdio;
  const calls = new Map();
  const hearers = new Map();
  let last = 0;
  let rest = '';
  const ended = new Promise(resolve => child.once('exit', resolve));
  ended.then(() => calls.forEach(({ reject }) => reject(new Error('The browser ended.'))));
  output.setEncoding('utf8').on('data', part => {
    const messages = (rest + part).split('\0');
    rest = messages.pop();
    for (const { id, sessionId, method, params, result, error } of messages.map(message => JSON.parse(message))) {
      if (id === undefined) {
        hearers.get(sessionId)?.(method, params);
        continue;
      }

      const { resolve, reject, what } = calls.get(id);
      calls.delete(id);
      error ? reject(new Error(`${what}: ${error.message}`)) : resolve(result);
    }
  });

  const call = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    calls.set(++last, { resolve, reject, what: method });
    input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
  });

  return {
    async open(url, looks = {}) {
      const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const faults = [];
      hearers.set(sessionId, (method, params) => note(faults, method, params));
      const page = makePage((method, params) => call(method, params, sessionId), faults, () => call('Target.closeTarget', { targetId }));
      await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable'].map(method => page.call(method)));
      await page.look(looks);
      await page.call('Page.navigate', { url });
      return page;
    },
    async close() {
      await call('Browser.close').catch(() => {});
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function note(faults, method, params) {
  if (method === 'Runtime.exceptionThrown') {
    faults.push({ source: 'exception', text: params.exceptionDetails.exception?.description ?? params.exceptionDetails.text });
  } else if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(params.type)) {
    faults.push({ source: 'console', text: params.args.map(arg => arg.value ?? arg.description).join(' ') });
  } else if (method === 'Log.entryAdded' && ['error', 'warning'].includes(params.entry.level)) {
    faults.push({ source: params.entry.source, text: `${params.entry.text} ${params.entry.url ?? ''}` });
  }
}

function makePage(call, faults, close) {
  const page = {
    call, faults, close,
    /** Sets width, height, scheme (light, dark) and reduced motion. */
    async look({ width = 1280, height = 900, scheme = 'light', reduced = false }) {
      await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
      await call('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: reduced ? 'reduce' : 'no-preference' }],
      });
      // The page lays out anew before it paints, so what is looked at afterwards is what a reader sees.
      await page.run(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    /** Runs a function of the page with arguments that are JSON. */
    async run(body, ...args) {
      const { result, exceptionDetails } = await call('Runtime.evaluate', { expression: `(${body})(...${JSON.stringify(args)})`, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }

      return result.value;
    },
    /** Waits until a function of the page gives something true, or says what it waited for. */
    async until(what, body, ...args) {
      const end = Date.now() + 20_000;
      while (!(await page.run(body, ...args).catch(() => false))) {
        if (Date.now() > end) {
          throw new Error(`Waited 20 s for ${what}.`);
        }

        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
    async press(key, code = key, text = undefined) {
      const number = { Tab: 9, Enter: 13 }[key];
      await call('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', key, code, windowsVirtualKeyCode: number, text });
      await call('Input.dispatchKeyEvent', { type: 'keyUp', key, code, windowsVirtualKeyCode: number });
    },
    /** A picture of the whole page, as PNG. */
    async picture() {
      const { data } = await call('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
      return Buffer.from(data, 'base64');
    },
  };
  return page;
}
