// Elements are made here and nowhere else: text from country files always goes in as text, never as markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "") element.append(child);
  }
  return element;
}

// A figure as text that remembers where in the data it comes from, so that a test can compare the two.
export const figure = (path, value, text) => h("span", {"data-path": path, "data-value": String(value), class: "figure"}, text);

// What the marks of a chart mean; a mark and its words stay on one line.
export const legend = (...entries) => h("p", {class: "legend"}, entries.filter(Boolean).map(([mark, words]) => h("span", {class: "key"}, h("i", {class: "swatch " + mark}), words)));

// Draws at the width that there is, and again when that changes.
export function responsive(draw, label) {
  const box = h("div", {class: "chart", role: "img", "aria-label": label});
  let drawn = 0;
  const redraw = () => {
    const width = Math.floor(box.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    box.replaceChildren(draw(width));
  };
  new ResizeObserver(redraw).observe(box);
  box.redraw = () => { drawn = 0; redraw(); };
  return box;
}
