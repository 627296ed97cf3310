// Makes what the program writes its pages from: `page.html`, one file with script and style in it, and an outline for every country.
// node build.mjs --out FOLDER
import {build} from "esbuild";
import countries from "i18n-iso-countries";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {feature, neighbors} from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const at = process.argv.indexOf("--out");
if (at < 0 || !process.argv[at + 1]) throw new Error("usage: node build.mjs --out FOLDER");
const out = process.argv[at + 1];
mkdirSync(join(out, "outlines"), {recursive: true});

async function bundle(entry, loader) {
  const result = await build({entryPoints: [join(here, "src", entry)], bundle: true, minify: true, write: false, format: "iife",
    target: "es2020", legalComments: "none", charset: "utf8", logLevel: "warning", outfile: "bundle." + loader});
  return result.outputFiles[0].text;
}

async function buildPage() {
  const script = (await bundle("page.js", "js")).replaceAll("</script", "<\\/script");
  const style = await bundle("style.css", "css");
  const page = readFileSync(join(here, "src", "page.html"), "utf8")
    .replace("/* style */", () => style).replace("/* script */", () => script);
  for (const placeholder of ["__PAGE_TITLE__", "__PAGE_ANSWER__", "__PAGE_DATA__"]) {
    if (page.split(placeholder).length !== 2) throw new Error(`${placeholder} must occur once`);
  }
  writeFileSync(join(out, "page.html"), page);
}

const rounded = (value) => Array.isArray(value) ? value.map(rounded) : Math.round(value * 1000) / 1000;
const shape = (geometry) => ({type: geometry.type, coordinates: rounded(geometry.coordinates)});

function buildOutlines() {
  const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json"), "utf8"));
  const states = atlas.objects.countries.geometries;
  const shapes = feature(atlas, atlas.objects.countries).features;
  const beside = neighbors(states);
  states.forEach((state, index) => {
    const code = state.id === undefined ? undefined : countries.numericToAlpha3(state.id);
    if (code === undefined) return;
    const outline = {country: shape(shapes[index].geometry),
      neighbours: beside[index].map((other) => ({name: states[other].properties.name, geometry: shape(shapes[other].geometry)}))};
    writeFileSync(join(out, "outlines", code + ".json"), JSON.stringify(outline));
  });
}

await buildPage();
buildOutlines();
