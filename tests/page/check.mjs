// Checks the dashboard in headless Chromium: node check.mjs. One line a check; exit code 1 when one fails, 0 without a browser.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, startBrowser } from './browser.mjs';
import { expectedTexts } from './expected.mjs';
import * as inpage from './inpage.mjs';
import { hostileName, hostileRow, scenarios, token } from './scenarios.mjs';
import { serve } from './server.mjs';

const chromium = findChromium();
if (chromium === null) {
  console.log('skipped: no Chromium (CHROMIUM, or chromium, chromium-browser, google-chrome on PATH)');
  process.exit(0);
}

let failures = 0;
const browser = await startBrowser(chromium);

/** Runs one check; it gives a list of what is wrong. */
async function check(name, body) {
  let wrong;
  try {
    wrong = await body();
  } catch (fault) {
    wrong = [fault.message];
  }

  failures += wrong.length > 0 ? 1 : 0;
  console.log(wrong.length === 0 ? `ok    ${name}` : `FAIL  ${name}: ${wrong.slice(0, 5).join(' | ')}${wrong.length > 5 ? ` | and ${wrong.length - 5} more` : ''}`);
}

const link = wanted => [`the page to be ${wanted}`, to => document.body.dataset.link === to, wanted];
const unless = (right, text) => right ? [] : [text];
const feedback = page => page.run(() => document.getElementById('feedback').textContent);

// What the browser itself says of answers such as 401, and of a server that is gone, is meant to happen in some checks.
const complaints = (page, besides = '') => page.faults.filter(fault => fault.source !== besides).map(fault => `${fault.source}: ${fault.text}`);

async function within(scenario, options, body) {
  const server = await serve(scenario, options);
  const page = await browser.open(server.url, options.looks);
  try {
    await body(page, server);
  } finally {
    await page.close();
    await server.close();
  }
}

async function reachable(page) {
  const wanted = new Set(await page.run(inpage.interactive));
  await page.run(() => document.activeElement?.blur());
  const wrong = [];
  for (let presses = wanted.size + 3; presses > 0 && wanted.size > 0; presses--) {
    await page.press('Tab');
    const at = await page.run(inpage.focused);
    if (at && !at.visible) {
      wrong.push(`no focus to be seen on ${at.name}`);
    }

    wanted.delete(at?.name);
  }

  return [...wrong, ...[...wanted].map(name => `Tab does not reach ${name}`)];
}

async function readable(page, server) {
  const state = server.state();
  const wrong = [];
  for (const pipeline of state.pipelines) {
    await page.run(name => location.hash = `/${encodeURIComponent(name)}`, pipeline.name);
    await page.until('the chosen pipeline', name => document.getElementById('name').textContent === name, pipeline.name);
    const shown = await page.run(() => {
      const more = document.getElementById('more-runs');
      if (more.getAttribute('aria-expanded') === 'false' && more.checkVisibility()) {
        more.click();
      }

      document.querySelectorAll('details').forEach(node => node.open = true);
      return [...document.querySelectorAll('header, main')].map(node => node.textContent).join(' ');
    });
    wrong.push(...expectedTexts(state, pipeline).filter(text => !shown.includes(text)).map(text => `${pipeline.name.slice(0, 10)} lacks "${text.slice(0, 60)}"`));
  }

  return wrong;
}

for (const scenario of Object.keys(scenarios)) {
  await within(scenario, { held: 12, looks: { reduced: true } }, async (page, server) => {
    await page.until(...link(scenario === 'token' ? 'token' : 'live'));
    for (const width of [1280, 390]) {
      for (const scheme of ['light', 'dark']) {
        await page.look({ width, scheme, reduced: true });
        await check(`${scenario} ${width} ${scheme}: every text has a contrast of 4.5`, () => page.run(inpage.faintTexts));
      }

      await check(`${scenario} ${width}: nothing is wider than its place`, () => page.run(inpage.overflows));
      await check(`${scenario} ${width}: Tab reaches everything, visibly`, () => reachable(page));
      if (scenario !== 'token') {
        await check(`${scenario} ${width}: the state's numbers and texts are shown`, () => readable(page, server));
        await check(`${scenario} ${width}: with all of it open, nothing is wider than its place`, () => page.run(inpage.overflows));
      }
    }

    await check(`${scenario}: everything has a name, one region is live`, () => page.run(inpage.unnamed));
    const words = { idle: 'idle', busy: 'Scoring', failing: 'failing', stopping: 'stopping', empty: 'idle', none: 'ok', many: 'degraded', token: 'token needed' };
    await check(`${scenario}: the title carries the state`, async () => {
      const title = await page.run(() => document.title);
      return unless(title.includes(words[scenario]), title);
    });
    await check(`${scenario}: no errors, no violations of the policy`, () => complaints(page, scenario === 'token' ? 'network' : ''));
  });
}

await within('many', { held: 12 }, async page => {
  await page.until(...link('live'));
  await check('hostile text is text', async () => {
    await page.run(() => document.querySelectorAll('details').forEach(node => node.open = true));
    const { texts, hit, strangers } = await page.run(() => ({
      texts: document.querySelector('main').textContent, hit: window.hit ?? null,
      strangers: document.querySelectorAll('main script, main img, main i, main u, body script, [onerror]').length,
    }));
    return [...unless(hit === null, `a script ran: ${hit}`), ...unless(strangers === 0, `${strangers} elements made of text`), ...[hostileName, hostileRow].filter(text => !texts.includes(text))];
  });
  await check('the choice of a pipeline stands in the address', async () => {
    await page.run(() => document.querySelectorAll('#picker a')[3].click());
    await page.until('the fourth pipeline', () => document.getElementById('name').textContent === '日本語のデータ');
    await page.call('Page.reload');
    await page.until('the fourth pipeline again', () => document.getElementById('name').textContent === '日本語のデータ');
    return unless(await page.run(() => document.querySelectorAll('#picker [aria-current]').length === 1), 'not one choice is marked');
  });
  await check('a selection is asked for under the encoded name', async () => {
    await page.run(name => location.hash = `/${encodeURIComponent(name)}`, hostileName);
    await page.until('the hostile pipeline', name => document.getElementById('name').textContent === name, hostileName);
    await page.run(() => document.getElementById('select').click());
    await page.until('an answer', () => document.getElementById('feedback').textContent.startsWith('Queued'));
    return [];
  });
});

await within('busy', { every: 60 }, async page => {
  await page.until(...link('live'));
  for (const width of [1280, 390]) {
    await check(`busy ${width}: nothing jumps while the numbers change`, async () => {
      await page.look({ width });
      const seen = new Set();
      for (let look = 0; look < 40; look++) {
        (await page.run(inpage.places)).forEach(place => seen.add(place));
        await new Promise(resolve => setTimeout(resolve, 60));
      }

      return [...seen].slice((await page.run(inpage.places)).length);
    });
  }

  await check('busy: the live region is silent while nothing but numbers change', async () => unless(await page.run(async () => {
    let changes = 0;
    new MutationObserver(records => changes += records.length).observe(document.getElementById('status'), { subtree: true, childList: true, characterData: true });
    await new Promise(resolve => setTimeout(resolve, 2000));
    return changes;
  }) === 0, 'it changed'));
  await check('busy: the history is drawn', async () => unless((await page.run(() => document.querySelector('#history .line').getAttribute('d'))).split('L').length > 10, 'no line'));
});

await within('idle', { held: 12 }, async page => {
  await page.until(...link('live'));
  await check('light and dark follow the system', async () => {
    const back = async scheme => {
      await page.look({ scheme });
      return page.run(() => getComputedStyle(document.body).backgroundColor);
    };
    return unless(await back('light') !== await back('dark'), 'both look the same');
  });
  await check('reduced motion moves nothing', async () => {
    const slow = async reduced => {
      await page.look({ reduced });
      return page.run(() => [...document.querySelectorAll('*')].some(node => ['transitionDuration', 'animationDuration'].some(name => getComputedStyle(node)[name].split(',').some(time => parseFloat(time) > 0))));
    };
    return [...unless(await slow(false), 'nothing moves at all'), ...unless(!(await slow(true)), 'something moves')];
  });
  await check('Select now tells what the service answered', async () => {
    await page.run(() => document.getElementById('select').focus());
    await page.press('Enter', 'Enter', '\r');
    await page.until('an answer', () => document.getElementById('feedback').textContent.startsWith('Queued'));
    await page.run(() => document.getElementById('select').click());
    await page.until('a second answer', () => document.getElementById('feedback').textContent.startsWith('One is queued'));
    return unless(await page.run(() => document.getElementById('answer').textContent.startsWith('One is queued')), 'the live region does not say it');
  });
  await check('the report is a link of this service', async () => unless(await page.run(() => document.getElementById('report').getAttribute('href')) === '/pipelines/house/report', 'it is not'));
});

await within('busy', {}, async (page, server) => {
  await page.until(...link('live'));
  await check('a lost connection is shown, and comes back by itself', async () => {
    await server.close();
    await page.until(...link('lost'));
    const { title, word } = await page.run(() => ({ title: document.title, word: document.getElementById('status').innerText }));
    const again = await serve('busy', { port: server.port });
    try {
      await page.until(...link('live'));
      return [...unless(title.includes('connection lost'), title), ...unless(word.includes('connection lost'), word), ...complaints(page, 'network')];
    } finally {
      await again.close();
    }
  });
  await check('without a connection Select now says so', async () => {
    await page.until(...link('lost'));
    await page.run(() => document.getElementById('select').click());
    await page.until('an answer', () => document.getElementById('feedback').textContent.startsWith('Not asked'));
    return [];
  });
});

await within('token', { held: 12 }, async page => {
  const enter = async value => {
    await page.run(text => document.getElementById('token').value = text, value);
    await page.run(() => document.getElementById('token').focus());
    await page.press('Enter', 'Enter', '\r');
  };
  await page.until(...link('token'));
  await check('token: a wrong one is refused, the right one goes on and is kept', async () => {
    await enter('wrong');
    await page.until('the refusal', () => document.getElementById('token-fault').textContent.includes('refused'));
    await enter(token);
    await page.until(...link('live'));
    await page.call('Page.reload');
    await page.until(...link('live'));
    return unless(await page.run(() => !document.getElementById('token-form').checkVisibility()), 'the form is still there');
  });
  await check('token: a selection is asked for with it', async () => {
    await page.run(() => document.getElementById('select').click());
    await page.until('an answer', () => document.getElementById('feedback').textContent !== '' && document.getElementById('feedback').textContent !== 'Asking …');
    const said = await feedback(page);
    return unless(said.startsWith('Queued'), said);
  });
  await check('token: the report is saved with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    try {
      await page.call('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
      await page.run(() => document.getElementById('report').click());
      for (let look = 0; look < 100 && !readdirSync(folder).includes('house-report.html'); look++) {
        await new Promise(resolve => setTimeout(resolve, 50));
      }

      return unless(readdirSync(folder).includes('house-report.html'), `found ${readdirSync(folder)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  await check('token: no errors besides the refusals', () => complaints(page, 'network'));
});

await browser.close();
console.log(failures === 0 ? 'all is well' : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
