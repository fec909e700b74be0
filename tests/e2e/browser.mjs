// A page that fails its flow on any console error, exception, failed request or error status.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(
  new URL("../../services/gateway/web/package.json", import.meta.url),
);
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DESK = { width: 1366, height: 768 };
/** A screen that shows a whole page at once, for pictures. */
export const TALL = { width: 1366, height: 1500 };
export const PHONE = { width: 390, height: 844 };
const WAIT_MS = 15_000;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
  });
}

/** `allow` names troubles that a flow causes on purpose. */
export async function openPage(
  browser,
  { viewport = DESK, allow = [], ...context } = {},
) {
  const session = await browser.newContext({
    viewport,
    locale: "id-ID",
    timezoneId: "Asia/Jakarta",
    acceptDownloads: true,
    ...context,
  });
  const page = await session.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const troubles = [];
  const note = (text) => {
    if (!allow.some((pattern) => pattern.test(text))) troubles.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`exception: ${error.stack ?? error}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // Leaving a page ends its open requests.
    if (why !== "net::ERR_ABORTED")
      note(`request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400)
      note(`status ${response.status()}: ${response.url()}`);
  });
  // Requests that a flow intercepts may still be under way when it ends.
  const close = async () => {
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await session.close();
  };
  return { page, troubles, close };
}

/** Every rule of WCAG 2.2 A and AA that axe can judge. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const tags = [
      "wcag2a",
      "wcag2aa",
      "wcag21a",
      "wcag21aa",
      "wcag22aa",
      "best-practice",
    ];
    const result = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values: tags },
    });
    return result.violations.flatMap((violation) =>
      violation.nodes.map(
        (node) =>
          `${violation.id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim() ?? ""})`,
      ),
    );
  });
  return found;
}

export async function takeShot(page, name) {
  const folder = process.env.SEPAKAT_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
