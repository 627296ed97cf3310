// The top of a page as a picture: node picture.mjs PAGE.html OUT.png
import {chromium} from "playwright-core";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [file, out] = process.argv.slice(2);
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});
const page = await browser.newPage({viewport: {width: 900, height: 1180}, colorScheme: "light", reducedMotion: "reduce"});
await page.goto(pathToFileURL(resolve(file)).href);
await page.waitForTimeout(300);
await page.screenshot({path: out});
await browser.close();
