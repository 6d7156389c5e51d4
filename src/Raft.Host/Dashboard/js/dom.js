// Small helpers to make and change elements.

export const byId = id => document.getElementById(id);

/** Makes an element. Properties that start with "aria-", "data-" and "role" become attributes. */
export function make(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** Makes an element of SVG; all its properties are attributes. */
export function makeSvg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (/^(aria-|data-|role$)/.test(name)) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Changes the text only where it differs, so that a selection stays and screen readers say only what is new. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute only where it differs; null removes it. */
export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Replaces the children only where they differ. */
export function refill(parent, children) {
  const old = [...parent.children];
  if (old.length === children.length && old.every((child, i) => child.isEqualNode(children[i]))) return;
  parent.replaceChildren(...children);
}

/** Calls at the next frame, once, however often it is asked for in between. */
export function onNextFrame(draw) {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}
