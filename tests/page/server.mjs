// Serves the dashboard's files and plays a scenario over the service's contract: node server.mjs [SCENARIO] [PORT]
import { createServer } from 'node:http';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { scenarios, token } from './scenarios.mjs';

const folder = new URL('../../src/Sluice.Host/Serve/Page/', import.meta.url);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };
// As the program does: every file of the folder but its code, at the top.
const files = Object.fromEntries(readdirSync(folder).filter(name => types[name.split('.').at(-1)])
  .map(name => [name === 'index.html' ? '/' : `/${name}`, [name, types[name.split('.').at(-1)]]]));

/** Listens on a port (0: any); `held` is the second at which the state stands still, `every` the milliseconds between two events. */
export async function serve(scenario, { port = 0, held = null, every = 1000 } = {}) {
  const began = Date.now();
  const queued = new Set();
  const state = () => scenarios[scenario](held ?? Math.floor((Date.now() - began) / every));
  const send = (response, status, type, body) => response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' }).end(body);

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'GET' && files[pathname]) {
      return send(response, 200, files[pathname][1], await readFile(new URL(files[pathname][0], folder)));
    }

    if (scenario === 'token' && request.headers.authorization !== `Bearer ${token}`) {
      return send(response, 401, 'text/plain', 'a token is needed');
    }

    if (request.method === 'GET' && pathname === '/api/state') {
      return send(response, 200, 'application/json', JSON.stringify(state()));
    }

    if (request.method === 'GET' && pathname === '/api/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      const tell = () => response.write(`event: state\ndata: ${JSON.stringify(state())}\n\n`);
      tell();
      const timer = setInterval(tell, every);
      return response.on('close', () => clearInterval(timer));
    }

    const [, name, what] = pathname.match(/^\/pipelines\/([^/]+)\/(selections|report)$/) ?? [];
    const known = name && state().pipelines.some(pipeline => pipeline.name === decodeURIComponent(name));
    if (known && what === 'selections' && request.method === 'POST') {
      const again = queued.has(name);
      queued.add(name);
      return again ? send(response, 409, 'text/plain', 'queued already') : send(response, 202, 'application/json', JSON.stringify({ pipeline: decodeURIComponent(name), queued: true }));
    }

    return known && what === 'report' && request.method === 'GET' ? send(response, 200, 'text/html', '<!doctype html><title>Report</title>A report') : send(response, 404, 'text/plain', 'not here');
  });

  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`, port: server.address().port, state,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [scenario = 'busy', port = '8090'] = process.argv.slice(2);
  if (!scenarios[scenario]) {
    console.error(`No scenario '${scenario}'; there are ${Object.keys(scenarios).join(', ')}.`);
    process.exit(2);
  }

  console.log(`${scenario}: ${(await serve(scenario, { port: Number(port) })).url}${scenario === 'token' ? ` (the token is '${token}')` : ''}`);
}
