import * as charts from "./charts.js";
import {claims, statements} from "./claims.js";
import {h} from "./dom.js";
import {map} from "./map.js";

const data = JSON.parse(document.getElementById("page-data").textContent);

function text(block) {
  return block.paragraphs.map((paragraph) => h("p", {}, paragraph));
}

function plainTable(block) {
  return [charts.table(block.columns, block.rows, block.collapsed ? block.summary ?? "Show" : undefined)];
}

function reproduce(block) {
  const command = h("code", {class: "command"}, block.command);
  const copy = h("button", {type: "button", class: "copy", onclick: () => navigator.clipboard?.writeText(block.command).then(() => { copy.textContent = "copied"; })}, "copy");
  return [h("div", {class: "scroll"}, command), copy, h("dl", {}, block.details.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))];
}

const kinds = {text, outcomes: charts.outcomes, survival: charts.survival, waterfall: charts.waterfall, curve: charts.curve, phase: charts.phase,
  indices: charts.indices, map, claims, statements, table: plainTable, reproduce};

const page = document.getElementById("page");
page.append(h("header", {}, h("p", {class: "kicker"}, data.title), h("h1", {}, data.answer.replaceAll(" %", "\u00a0%")), data.subtitle ? h("p", {class: "subtitle"}, data.subtitle) : null, data.caveat ? h("p", {class: "caveat"}, data.caveat) : null));
data.blocks.forEach((block, index) => {
  const render = kinds[block.type];
  page.append(h("section", {"data-block": index, id: block.id}, block.heading ? h("h2", {}, block.heading) : null, block.intro ? h("p", {class: "intro"}, block.intro) : null,
    render ? render(block, `blocks.${index}`) : h("p", {class: "note"}, `This page does not know how to show “${block.type}”.`), block.note ? h("p", {class: "note"}, block.note) : null));
});

// On paper everything is open.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
