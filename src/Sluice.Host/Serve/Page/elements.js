// Makes and changes elements. What the service sends may quote rows of strangers, so it reaches the page as text nodes only.

export const $ = id => document.getElementById(id);

export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

export function draw(tag, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }

  node.append(...children);
  return node;
}

// Untouched where nothing changed: a selection of text survives, and screen readers hear changes only.
export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

export function makeBar() {
  const fill = make('span', 'fill');
  const node = make('span', 'bar', fill);
  node.setAttribute('aria-hidden', 'true');
  return {
    node,
    set(share, pressed = false) {
      fill.style.setProperty('--share', Math.min(1, Math.max(0, share || 0)).toFixed(3));
      fill.classList.toggle('pressed', pressed);
    },
  };
}

export function putBar(parent) {
  const bar = makeBar();
  parent.append(bar.node);
  return bar;
}

const listed = new WeakMap();

// Keeps a node for as long as its key is there, so that focus, open details and scrolling survive each update.
export function list(parent, items, keyOf, create, update) {
  const before = listed.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    let key = keyOf(item);
    while (after.has(key)) {
      key += '+';
    }

    after.set(key, { view: before.get(key)?.view ?? create(item), item });
  }

  for (const [key, { view }] of before) {
    if (!after.has(key)) {
      view.node.remove();
    }
  }

  let index = 0;
  for (const { view, item } of after.values()) {
    update(view, item);
    const place = parent.children[index++] ?? null;
    if (place !== view.node) {
      // moveBefore, where there is one, keeps the focus of what moves.
      (view.node.isConnected && parent.moveBefore ? parent.moveBefore : parent.insertBefore).call(parent, view.node, place);
    }
  }

  listed.set(parent, after);
}

export function showState(node, state) {
  text(node, state);
  node.dataset.state = state;
}

export function showReasons(node, state, reasons) {
  node.dataset.state = state;
  node.hidden = reasons.length === 0;
  list(node, reasons, reason => reason, () => ({ node: make('li', '') }), (view, reason) => text(view.node, reason));
}
