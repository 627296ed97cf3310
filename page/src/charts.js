import * as Plot from "@observablehq/plot";
import {figure, h, legend, responsive} from "./dom.js";
import {interval, percent, points} from "./format.js";

const blue = "var(--blue)", orange = "var(--orange)", faint = "var(--faint)";
const style = {fontSize: "13px", fontFamily: "inherit", background: "none", overflow: "visible"};
const share = (label, more = {}) => ({label, tickFormat: (value) => `${Math.round(100 * value)} %`, grid: true, ...more});
// A label over its bar: smaller on a phone, cut where even that is not enough. Its width is in em.
const oneLine = (width) => ({fill: "currentColor", fontSize: width < 420 ? 12 : 13, lineWidth: width / (width < 420 ? 12 : 13), textOverflow: "ellipsis-end"});

// "12.3 % (11.0 – 13.5)", each of the three a figure of its own.
export function probability(path, row) {
  return [figure(path + ".p", row.p, percent(row.p)), " (", figure(path + ".low", row.low, (100 * row.low).toFixed(1)), " – ",
    figure(path + ".high", row.high, (100 * row.high).toFixed(1)), ")"];
}

export function change(path, row, key = "value") {
  if (row.low === null || row.high === null) return [figure(`${path}.${key}`, row[key], points(row[key])), " (interval cannot be told)"];
  return [figure(`${path}.${key}`, row[key], points(row[key])), " (", figure(path + ".low", row.low, points(row.low)), " to ",
    figure(path + ".high", row.high, points(row.high)), ")"];
}

export function table(head, rows, summary) {
  const body = h("div", {class: "scroll"}, h("table", {}, h("thead", {}, h("tr", {}, head.map((cell) => h("th", {scope: "col"}, cell)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, index) => h(index ? "td" : "th", index ? {} : {scope: "row"}, cell)))))));
  return summary ? h("details", {}, h("summary", {}, summary), body) : body;
}

const known = (spread) => Boolean(spread) && spread.low !== null;
const spread = (range) => known(range) ? interval(range.low, range.high) + " %" : "cannot be told";

export function outcomes(block, path) {
  const rows = block.rows;
  const draw = (width) => Plot.plot({
    width, height: 34 + 46 * rows.length, marginLeft: 4, marginRight: 4, marginTop: 26, style,
    x: share(null, {domain: [0, 1], axis: "bottom"}), y: {axis: null, domain: rows.map((row) => row.name), padding: 0.68},
    marks: [
      Plot.barX(rows.filter((row) => known(row.inputs)), {y: "name", x1: (row) => row.inputs.low, x2: (row) => row.inputs.high, fill: faint, insetTop: -4, insetBottom: -4}),
      Plot.barX(rows, {y: "name", x: "p", fill: (row) => row.summary ? orange : blue}),
      Plot.ruleY(rows, {y: "name", x1: "low", x2: "high", stroke: "currentColor", strokeWidth: 2}),
      Plot.ruleY(rows.filter((row) => known(row.parameters)), {y: "name", x1: (row) => row.parameters.low, x2: (row) => row.parameters.high, stroke: "currentColor", strokeDasharray: "2 3", dy: 9}),
      Plot.text(rows, {y: "name", x: 0, text: (row) => `${percent(row.p)}  ${row.label}`, textAnchor: "start", dy: -18, ...oneLine(width)}),
      Plot.ruleX([0])]});
  const label = rows.map((row) => `${row.label}: ${percent(row.p)}`).join("; ");
  return [responsive(draw, label),
    legend(["blue", "share of futures"], ["line", "95 % interval"], ["faint", "what the country file leaves open"], block.parameters_vary ? ["dashed", "what the model's parameters leave open"] : null),
    table(["outcome", "share of futures", "over what the file leaves open", block.parameters_vary ? "over the model's parameters" : null].filter(Boolean),
      rows.map((row, index) => [row.name, probability(`${path}.rows.${index}`, row), spread(row.inputs), block.parameters_vary ? spread(row.parameters) : null].filter(Boolean)), "The figures")];
}

export function survival(block, path) {
  const points_ = block.series.flatMap((series) => series.points.map((point) => ({...point, series: series.label, months: point.days / 30.436875})));
  const many = block.series.length > 1;
  const draw = (width) => Plot.plot({
    width, height: Math.min(340, 200 + width / 5), marginLeft: 46, style, marginBottom: 42, x: {label: "months after the seizure →", labelOffset: 38}, y: share("juntas still in power", {domain: [0, 1]}),
    color: many ? {legend: true, range: ["var(--blue)", "var(--orange)"], domain: block.series.map((series) => series.label)} : undefined,
    marks: [Plot.areaY(points_, {x: "months", y1: "low", y2: "high", fill: many ? "series" : blue, fillOpacity: 0.2}),
      Plot.lineY(points_, {x: "months", y: "p", stroke: many ? "series" : blue, strokeWidth: 2, marker: "dot"})]});
  const rows = block.series.flatMap((series, at) => series.points.map((point, index) =>
    [`${many ? series.label + ", " : ""}${point.days} days`, probability(`${path}.series.${at}.points.${index}`, point)]));
  return [responsive(draw, "share of juntas still in power over time"), table(["after", "still in power"], rows, "The figures")];
}

// Of many factors a chart shows those that weigh most; the others are one step, and each has its line in the table.
function weightiest(factors) {
  const most = 16;
  if (factors.length <= most) return factors;
  const sorted = [...factors].sort((left, right) => Math.abs(right.value) - Math.abs(left.value));
  const others = sorted.slice(most - 1);
  return [...sorted.slice(0, most - 1), {name: "", label: `${others.length} others together`, value: others.reduce((sum, factor) => sum + factor.value, 0)}];
}

export function waterfall(block, path) {
  let sum = block.a.p;
  const steps = weightiest(block.factors).map((factor) => {
    const from = sum;
    sum += factor.value;
    return {...factor, from, to: sum};
  });
  const ends = [{name: "a", label: block.a.label, from: 0, to: block.a.p, low: block.a.low, high: block.a.high},
    {name: "b", label: block.b.label, from: 0, to: block.b.p, low: block.b.low, high: block.b.high}];
  const order = ["a", ...steps.map((step) => step.name), "b"];
  const all = [ends[0], ...steps, ends[1]];
  const top = Math.min(1, Math.max(...all.map((row) => Math.max(row.from, row.to, row.name === "a" || row.name === "b" ? row.high : 0))) + 0.05);
  const low = Math.min(0, ...all.map((row) => row.to));
  const says = (row) => row.name === "a" || row.name === "b" ? `${percent(row.to)}  ${row.label}` : `${points(row.value)}  ${row.label}`;
  const draw = (width) => Plot.plot({
    width, height: 44 + 42 * all.length, marginLeft: 4, marginRight: 8, marginTop: 26, style,
    x: share(null, {domain: [low, top], axis: "bottom"}), y: {axis: null, domain: order, padding: 0.66},
    marks: [
      Plot.barX(ends, {y: "name", x1: "from", x2: "to", fill: "var(--grey)"}),
      Plot.barX(steps, {y: "name", x1: (row) => Math.min(row.from, row.to), x2: (row) => Math.max(row.from, row.to), fill: (row) => row.value >= 0 ? blue : orange}),
      Plot.ruleY(ends, {y: "name", x1: "low", x2: "high", stroke: "currentColor", strokeWidth: 2}),
      Plot.ruleY(steps.filter((row) => Number.isFinite(row.low)), {y: "name", x1: (row) => row.from + row.low, x2: (row) => row.from + row.high, stroke: "currentColor", strokeWidth: 2, clip: true}),
      Plot.text(all, {y: "name", x: low, text: says, textAnchor: "start", dy: -17, ...oneLine(width)}),
      Plot.ruleX([0])]});
  const at = (index) => `${path}.factors.${index}`;
  return [responsive(draw, all.map(says).join("; ")),
    legend(["blue", "makes it likelier"], ["orange", "less likely"], ["line", "95 % interval"]),
    h("p", {}, block.a.label, ": ", probability(path + ".a", block.a), "; ", block.b.label, ": ", probability(path + ".b", block.b), "."),
    table(["factor", "its share, points", "taken first", "taken last"], block.factors.map((factor, index) => [factor.label, change(at(index), factor),
      figure(at(index) + ".alone_forward", factor.alone_forward, points(factor.alone_forward)), figure(at(index) + ".alone_backward", factor.alone_backward, points(factor.alone_backward))]), "The figures")];
}

// A long label over a chart, in lines of its own.
const over = (label) => h("p", {class: "axis"}, "↑ " + label);

export function curve(block, path) {
  const points_ = block.series.flatMap((series) => series.points.map((point) => ({...point, series: series.label})));
  const words = points_.some((point) => typeof point.x !== "number");
  const order = words ? {type: "point", domain: [...new Set(points_.map((point) => point.x))]} : {};
  const draw = (width) => Plot.plot({
    width, height: Math.min(340, 200 + width / 5), marginLeft: 46, marginBottom: 42, style, x: {label: block.x_label + " →", labelOffset: 38, ...order}, y: share(null, {domain: [0, 1]}),
    marks: [words ? null : Plot.areaY(points_, {x: "x", y1: "low", y2: "high", fill: blue, fillOpacity: 0.2}), words ? Plot.ruleX(points_, {x: "x", y1: "low", y2: "high", stroke: "currentColor"}) : null,
      words ? null : Plot.lineY(points_, {x: "x", y: "p", stroke: blue, strokeWidth: 2}), Plot.dot(points_, {x: "x", y: "p", fill: blue, r: 4})]});
  const rows = block.series.flatMap((series, at) => series.points.map((point, index) => [String(point.x), probability(`${path}.series.${at}.points.${index}`, point)]));
  return [over(block.y_label), responsive(draw, `${block.y_label} over ${block.x_label}`), table([block.x_label, block.y_label], rows, "The figures")];
}

export function phase(block, path) {
  const domain = (key) => [...new Set(block.cells.map((cell) => cell[key]))];
  const longest = Math.max(...domain("y").map((value) => String(value).length));
  const draw = (width) => Plot.plot({
    width, height: 120 + 34 * domain("y").length, marginTop: 34, marginLeft: Math.min(22 + 7 * longest, width / 3), marginBottom: 66, style,
    x: {type: "band", domain: domain("x"), label: block.x_label + " →", labelOffset: 60, tickRotate: width / domain("x").length < 80 ? -45 : 0},
    y: {type: "band", domain: domain("y").reverse(), label: "↑ " + block.y_label, labelAnchor: "top"}, color: {scheme: "cividis", domain: [0, 1], legend: true, label: null, tickFormat: (value) => `${Math.round(100 * value)} %`},
    marks: [Plot.cell(block.cells, {x: "x", y: "y", fill: "p", inset: 0.5}),
      Plot.text(block.cells, {x: "x", y: "y", text: (cell) => Math.round(100 * cell.p), fill: (cell) => cell.p > 0.5 ? "black" : "white", filter: () => width / domain("x").length > 34})]});
  const rows = block.cells.map((cell, index) => [`${cell.x}, ${cell.y}`, probability(`${path}.cells.${index}`, cell)]);
  return [h("p", {class: "axis"}, "Colour and number: per cent of the " + block.value_label), responsive(draw, `${block.value_label} over ${block.x_label} and ${block.y_label}`), table([`${block.x_label}, ${block.y_label}`, block.value_label], rows, "The figures")];
}

export function indices(block, path) {
  const most = 20;
  const shown = block.rows.slice(0, most);
  const rows = shown.flatMap((row) => [{...row.first, name: row.name, what: "alone"}, {...row.total, name: row.name, what: "with other inputs"}]);
  const draw = (width) => Plot.plot({
    width, height: 76 + 46 * shown.length, marginLeft: 4, marginRight: 14, marginTop: 26, marginBottom: 46, style, x: share("share of the uncertainty that would go away →", {labelOffset: 42}),
    fy: {axis: null, domain: shown.map((row) => row.name), padding: 0.5}, y: {axis: null, domain: ["alone", "with other inputs"]}, symbol: {domain: ["alone", "with other inputs"], range: ["circle", "square"]},
    marks: [Plot.ruleX([0]), Plot.ruleY(rows, {fy: "name", y: "what", x1: "low", x2: "high", stroke: "currentColor"}),
      Plot.dot(rows, {fy: "name", y: "what", x: "value", r: 5, symbol: "what", fill: (row) => row.what === "alone" ? blue : orange}),
      Plot.text(shown, {fy: "name", frameAnchor: "top-left", text: "label", dy: -14, ...oneLine(width)})]});
  const cell = (at, row) => [figure(at + ".value", row.value, percent(row.value)), ` (${interval(row.low, row.high)})`];
  const at = (index, which) => `${path}.rows.${index}.${which}`;
  return [h("p", {}, "All that the file leaves open, taken together: ", cell(path + ".all_inputs", block.all_inputs), ". ",
    block.parameters ? ["The model's parameters: ", cell(path + ".parameters", block.parameters), ". "] : null, "Chance: ", cell(path + ".chance", block.chance), "."),
    responsive(draw, "shares of the outcome's variance"),
    legend(["blue round", "these values alone"], ["orange", "with what they do together with others"], ["line", "95 % interval"]),
    block.rows.length > most ? h("p", {class: "note"}, `The ${most} that would teach most, of ${block.rows.length}.`) : null,
    table(["", "alone", "with other inputs"], block.rows.map((row, index) => [row.label, cell(at(index, "first"), row.first), cell(at(index, "total"), row.total)]), "The figures")];
}
