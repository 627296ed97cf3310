// Opens pages in a real browser: node check.mjs [--screenshots FOLDER] PAGE.html …
// In the light of a desk, in the dark of a phone, and on paper: no errors, nothing fetched, nothing wider than the screen, and every figure
// that is shown is the one in the data.
import {chromium} from "playwright-core";
import {mkdirSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {pathToFileURL} from "node:url";

const words = process.argv.slice(2);
const at = words.indexOf("--screenshots");
const folder = at < 0 ? null : words.splice(at, 2)[1];
if (folder) mkdirSync(folder, {recursive: true});

const modes = {
  desk: {viewport: {width: 1280, height: 900}, colorScheme: "light"},
  phone: {viewport: {width: 360, height: 740}, colorScheme: "dark"},
  paper: {viewport: {width: 800, height: 1000}, colorScheme: "light", print: true},
};

// Runs in the page: what is wrong with it.
function faults() {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const found = [];
  const value = (path) => path.split(".").reduce((inner, key) => inner?.[key], data);
  const figures = [...document.querySelectorAll("[data-path]")];
  for (const figure of figures) {
    if (String(value(figure.dataset.path)) !== figure.dataset.value) found.push(`${figure.dataset.path} is ${value(figure.dataset.path)}, shown is ${figure.dataset.value}`);
    const shown = figure.textContent.replace("−", "-").replace(/[%\s+]/g, "");
    if (Math.abs(Number(shown) - 100 * Number(figure.dataset.value)) > 0.0501) found.push(`${figure.dataset.path}: text ${figure.textContent}, value ${figure.dataset.value}`);
  }
  if (figures.length === 0) found.push("no figures");
  data.blocks.forEach((block, index) => {
    const section = document.querySelector(`[data-block="${index}"]`);
    if (!section || section.textContent.includes("does not know how to show")) found.push(`block ${index} (${block.type}) is not shown`);
    const charts = section ? [...section.querySelectorAll(".chart")] : [];
    if (charts.some((chart) => !chart.querySelector("svg"))) found.push(`block ${index}: an empty chart`);
  });
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push(`wider than the screen: ${document.documentElement.scrollWidth} > ${document.documentElement.clientWidth}`);
  if (document.querySelector("main script, main img, main iframe, main object")) found.push("markup from the data became elements");
  if (document.querySelector("main").innerText.includes("[object")) found.push("an object where text should be");
  if (!document.querySelector("h1")?.textContent) found.push("no answer");
  return {found, figures: figures.length};
}

// Steps through the chronicle: the marked event moves on, and towns change hands when the data say so.
async function stepThrough(page) {
  const problems = [];
  for (const section of await page.$$("section:has(.chronicle)")) {
    const next = await section.$("[data-next]");
    const steps = await section.$$eval(".chronicle li", (items) => items.length);
    const chart = await section.$(".chart");  // none where no place has a position
    const seen = new Set();
    for (let step = 1; step < steps; step++) {
      await next.click();
      const marked = await section.$eval("[aria-current]", (item) => Number(item.dataset.event));
      if (marked !== step) problems.push(`step ${step} marks event ${marked}`);
      if (chart) seen.add(await chart.evaluate((box) => box.dataset.holders));
    }
    const changes = await section.evaluate((element) => {
      const data = JSON.parse(document.getElementById("page-data").textContent);
      return data.blocks[Number(element.dataset.block)].chronicle.holders.length;
    });
    if (chart && changes > 0 && seen.size < 2) problems.push("towns change hands in the data, not on the map");
  }
  return problems;
}

const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});
let passed = 0, failed = 0;
async function check(file, name, mode) {
  const context = await browser.newContext({viewport: mode.viewport, colorScheme: mode.colorScheme, reducedMotion: "reduce"});
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);  // a machine that does other work may be slow
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) problems.push(`fetches ${request.url()}`); });
  if (mode.print) await page.emulateMedia({media: "print"});
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await page.waitForTimeout(300);
  const {found, figures} = await page.evaluate(faults);
  problems.push(...found);
  if (name === "desk") problems.push(...await stepThrough(page));
  if (folder) {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = false; }));
    await page.waitForTimeout(100);
    await page.screenshot({path: join(folder, `${basename(file, ".html")}-${name}.png`), fullPage: true});
  }
  await context.close();
  problems.length ? failed++ : passed++;
  console.log(`${file} (${name}): ${problems.length ? problems.slice(0, 8).join("; ") : `good, ${figures} figures`}`);
}

for (const file of words) await Promise.all(Object.entries(modes).map(([name, mode]) => check(file, name, mode)));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || passed === 0 ? 1 : 0;
