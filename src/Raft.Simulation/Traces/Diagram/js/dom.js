// Creates elements of the page.

/** An element with a class and a text. */
export function element(name, className = "", text = null) {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  if (text !== null) made.textContent = text;
  return made;
}
