import * as Plot from "@observablehq/plot";
import {change} from "./charts.js";
import {figure, h, legend, responsive} from "./dom.js";
import {points} from "./format.js";

// What a verdict is called, with a sign so that colour is not all there is.
const verdicts = {
  supported: ["✔", "supported"], contradicted: ["✘", "contradicted"], no_detectable_effect: ["=", "no detectable effect"],
  assumed: ["≡", "assumed"], cannot_tell: ["?", "cannot tell"], cannot_be_tested: ["–", "cannot be tested here"]};

// For somebody who meets these words for the first time.
const meanings = [
  ["supported", "an effect in the direction expected was seen; in the model, with nearly all values of its parameters that the field thinks possible"],
  ["contradicted", "the same, in the other direction"],
  ["assumed", "the effect is there, but only because the model is built so: no evidence for the claim"],
  ["no_detectable_effect", "none was seen, and one that matters would have been"],
  ["cannot_tell", "an effect that matters could have escaped, or the model's answer hangs on values that nobody has measured"],
  ["cannot_be_tested", "no column of the record is about it, or the question never arises in the model"]];
const explained = () => h("details", {class: "verdicts"}, h("summary", {}, "What the verdicts mean"),
  h("ul", {}, meanings.map(([verdict, words]) => h("li", {}, h("b", {}, verdicts[verdict].join(" ")), ": ", words))));

export function badge(who, verdict) {
  const [sign, words] = verdicts[verdict] ?? ["?", verdict];
  return h("span", {class: `badge ${verdict}`}, h("span", {"aria-hidden": "true"}, sign + " "), `${who}: ${words}`);
}

function effectPlot(tests, largest) {
  const rows = tests.filter((test) => test.effect !== null);
  const draw = (width) => Plot.plot({
    width, height: 34 + 24 * rows.length, marginLeft: 54, marginRight: 12, style: {fontSize: "12px", fontFamily: "inherit", background: "none"},
    x: {domain: [-largest, largest], label: null, ticks: width < 420 ? 3 : 5, tickFormat: (value) => points(value).replace(/\.0$/, "")}, y: {label: null, domain: rows.map((row) => row.who), tickSize: 0},
    marks: [Plot.ruleY(rows, {y: "who", x1: (row) => -row.detectable, x2: "detectable", stroke: "var(--faint)", strokeWidth: 14}), Plot.ruleX([0], {stroke: "var(--grey)"}),
      Plot.ruleY(rows, {y: "who", x1: "low", x2: "high", stroke: "currentColor", strokeWidth: 2}), Plot.dot(rows, {y: "who", x: "effect", r: 5, fill: (row) => row.who === "model" ? "var(--blue)" : "var(--orange)", symbol: (row) => row.who === "model" ? "circle" : "square"})]});
  return rows.length ? responsive(draw, rows.map((row) => `${row.who}: ${points(row.effect)} points`).join("; ")) : null;
}

export function claims(block, path) {
  const tested = block.rows.flatMap((row) => [row.model, row.record]).filter((test) => test.effect !== null);
  const largest = Math.max(0.1, ...tested.flatMap((test) => [Math.abs(test.low), Math.abs(test.high), test.detectable]));
  const said = (who, test, at) => h("div", {class: "test"}, h("p", {}, badge(who, test.verdict),
    test.effect === null ? null : test.detectable === null ? [" ", change(at, test, "effect"), " points"] : [" ", change(at, test, "effect"), " points; an effect of ", figure(at + ".detectable", test.detectable, (100 * test.detectable).toFixed(1)), " or more would have been seen"]),
  test.remarks.length ? h("details", {}, h("summary", {}, `how well the ${who} could tell`), h("ul", {}, test.remarks.map((remark) => h("li", {}, remark)))) : null);
  return [explained(), legend(["blue round", "effect in the model"], ["orange", "on the record"], ["line", "95 % interval"], ["faint", "too small to be seen"]),
    ...block.rows.map((row, index) => {
      const at = `${path}.rows.${index}`;
      return h("article", {class: "claim", id: "claim-" + row.id}, h("h3", {}, h("span", {class: "id"}, row.id + " "), row.text),
        h("p", {class: "meta"}, row.source ? "Source: " + row.source + ". " : "No source given. ", row.question),
        effectPlot([{...row.model, who: "model"}, {...row.record, who: "record"}], largest),
        said("model", row.model, at + ".model"), said("record", row.record, at + ".record"),
        h("details", {}, h("summary", {}, "run it yourself"), h("code", {class: "command"}, row.command)));
    })];
}

export function statements(block) {
  return [explained(), h("ol", {class: "statements"}, block.rows.map((row) => h("li", {id: "statement-" + row.number},
    h("p", {class: "words"}, h("span", {class: "id"}, row.number + " "), row.text),
    h("p", {class: "meta"}, row.source ? "The article's source: " + row.source + ". " : "The article gives no source. ",
      row.modelled === "not" ? h("b", {}, "Not modelled. ") : row.modelled === "partly" ? h("b", {}, "Partly modelled. ") : null,
      row.represented.length ? ["Stands for it: ", row.represented.map((key, index) => [index ? ", " : "", h("code", {}, key)]), ". "] : null, row.remark),
    row.claims.length ? h("p", {class: "badges"}, row.claims.map((claim) => h("span", {class: "claim-link"}, h("a", {href: "#claim-" + claim.id}, claim.id), " ", badge("model", claim.model), " ", badge("record", claim.record), " "))) : null)))];
}
