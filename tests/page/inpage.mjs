// What the checks run inside the page. Each function is sent as its own text, so it uses nothing from outside; each gives a list of what is wrong.

/** Texts whose contrast with what lies behind them is below 4.5. */
export function faintTexts() {
  const parse = colour => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const channel = value => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = node => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
    }

    return layers.reduceRight((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.textContent.trim() === '' || !parent.checkVisibility() || parent.closest('noscript, title, .heard')) {
      continue;
    }

    const back = behind(parent);
    const [one, other] = [light(over(parse(getComputedStyle(parent).color), back)), light(back)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) {
      faint.push(`${contrast.toFixed(2)} "${node.textContent.trim().slice(0, 30)}"`);
    }
  }

  return [...new Set(faint)];
}

/** What is wider than the page, and texts that run out of their own box. */
export function overflows() {
  const wrong = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    wrong.push(`the page is ${page.scrollWidth} wide in a window of ${page.clientWidth}`);
  }

  for (const node of document.body.querySelectorAll('*')) {
    // A name in the picker is cut short on purpose: its title says it in full below.
    if (!node.checkVisibility() || node.closest('.heard, thead, svg, .bar, .choice')) {
      continue;
    }

    const box = node.getBoundingClientRect();
    const what = `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}.${node.className} "${node.textContent.slice(0, 30)}"`;
    if (box.right > page.clientWidth + 0.5 || box.left < -0.5) {
      wrong.push(`${what} reaches from ${box.left} to ${box.right}`);
    }

    if (node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1) {
      wrong.push(`${what} holds ${node.scrollWidth} in ${node.clientWidth}`);
    }
  }

  return wrong;
}

/** Names of everything a keyboard must reach; the same names that `focused` gives. */
export function interactive() {
  return [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex]')]
    .filter(node => node.checkVisibility() && !node.disabled && node.tabIndex >= 0)
    .map((node, index) => node.dataset.checked = `${index} ${node.tagName.toLowerCase()} ${node.textContent.slice(0, 20)}`);
}

/** What has the focus, and whether that can be seen; null when the focus has left the page. */
export function focused() {
  const node = document.activeElement;
  if (!node || node === document.body) {
    return null;
  }

  const style = getComputedStyle(node);
  return { name: node.dataset.checked ?? node.tagName, visible: node.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
}

/** Where the parts of the page lie; what a second changes in this is a jump. */
export function places() {
  return [...document.querySelectorAll('header, nav, section, .stage, #equation, #history, #bound-list > div')]
    .filter(node => node.checkVisibility())
    .map(node => {
      const { x, y, width, height } = node.getBoundingClientRect();
      return `${node.tagName.toLowerCase()} ${node.getAttribute('aria-labelledby') ?? node.id}${node.className} ${[x, y, width, height].map(Math.round)}`;
    });
}

/** What a screen reader would miss. */
export function unnamed() {
  const wrong = [];
  const live = document.querySelectorAll('[aria-live], [role="status"], [role="alert"], [role="log"], output');
  if (live.length !== 1) {
    wrong.push(`${live.length} live regions`);
  }

  for (const node of document.querySelectorAll('[aria-labelledby], [aria-describedby]')) {
    for (const id of [node.getAttribute('aria-labelledby'), node.getAttribute('aria-describedby')]) {
      if (id && !document.getElementById(id)) {
        wrong.push(`nothing has the id ${id}`);
      }
    }
  }

  for (const node of document.querySelectorAll('button, a[href], input, section, nav, svg:not([aria-hidden])')) {
    const name = node.textContent.trim() || node.getAttribute('aria-label') || document.getElementById(node.getAttribute('aria-labelledby'))?.textContent || node.labels?.[0]?.textContent || node.querySelector('title')?.textContent;
    if (node.checkVisibility() && !name) {
      wrong.push(`a ${node.tagName} without a name`);
    }
  }

  return wrong;
}
