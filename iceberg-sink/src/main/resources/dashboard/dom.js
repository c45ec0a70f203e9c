// Elements from values. Text is only ever set as text: what records hold can't become markup.

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path', 'g', 'circle', 'polyline', 'rect']);

/** An element with attributes and children; null and false are left out, at both. */
export function h(tag, attributes = {}, ...children) {
  const element = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style') {
      for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes a node like another one, and keeps what need not change: focus, selection, what is typed. */
export function morph(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName || from.id !== to.id || key(from) !== key(to)) {
    from.replaceWith(to);
    return;
  }
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.hasAttribute('data-keep')) return;
  morphAttributes(from, to);
  morphChildren(from, to);
}

/** Puts these children in place of those that an element has. */
export function fill(element, ...children) {
  const holder = element.cloneNode(false);
  holder.append(...children.flat(Infinity).filter(Boolean));
  morphChildren(element, holder);
}

function key(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.getAttribute('data-key') : null;
}

function morphAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    // what is open was opened by the reader
    if (!to.hasAttribute(name) && !(name === 'open')) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (name === 'style') {
      if (from.style.cssText !== to.style.cssText) from.style.cssText = to.style.cssText;
    } else if (from.getAttribute(name) !== value) {
      from.setAttribute(name, value);
    }
  }
}

function morphChildren(from, to) {
  const keyed = new Map();
  for (const child of from.children) {
    if (key(child) !== null) keyed.set(key(child), child);
  }
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const known = key(wanted) !== null ? keyed.get(key(wanted)) : null;
    if (known && known !== at) from.insertBefore(known, at);
    const there = known ?? at;
    if (!there || (!known && key(there) !== null && key(there) !== key(wanted))) {
      from.insertBefore(wanted, at);
      continue;
    }
    at = there.nextSibling;
    morph(there, wanted);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}
