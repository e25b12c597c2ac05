// Pictures of every scenario, wide and narrow, light and dark: node shots.mjs FOLDER [SCENARIO ...]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, startBrowser } from './browser.mjs';
import { scenarios } from './scenarios.mjs';
import { serve } from './server.mjs';

const [folder, ...chosen] = process.argv.slice(2);
const chromium = findChromium();
if (!folder || chromium === null) {
  console.error(folder ? 'No Chromium (CHROMIUM, or chromium, chromium-browser, google-chrome on PATH).' : 'Usage: shots.sh FOLDER [SCENARIO ...]');
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const browser = await startBrowser(chromium);
for (const scenario of chosen.length > 0 ? chosen : Object.keys(scenarios)) {
  // Fast events, so that the history holds something to look at.
  const server = await serve(scenario, { every: 20 });
  const page = await browser.open(server.url, { reduced: true });
  const wanted = scenario === 'token' ? 'token' : 'live';
  await page.until(`the page to be ${wanted}`, link => document.body.dataset.link === link, wanted);
  await new Promise(resolve => setTimeout(resolve, 2500));
  await page.run(() => document.querySelectorAll('details').forEach((node, index) => node.open = index === 0));
  for (const width of [1280, 390]) {
    for (const scheme of ['light', 'dark']) {
      await page.look({ width, scheme, reduced: true });
      await new Promise(resolve => setTimeout(resolve, 200));
      const file = join(folder, `${scenario}-${width}-${scheme}.png`);
      writeFileSync(file, await page.picture());
      console.log(file);
    }
  }

  await page.close();
  await server.close();
}

await browser.close();
