// Browser tests of the web page against a running server.
//
//   SEPAKAT_URL          a running server; else SEPAKAT_PROGRAMS names the folder of the programs
//   SEPAKAT_SCREENSHOTS  folder for screenshots, also of what failed (none are taken without it)
//   SEPAKAT_TEST_RESULTS folder for e2e.xml (JUnit)
//   arguments            words; only flows with one of them in their name run

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, openPage, takeShot } from "./browser.mjs";
import { openServer } from "./server.mjs";
import { budgetFlows } from "./flows/budget.mjs";
import { dataFlows } from "./flows/data.mjs";
import { frameFlows } from "./flows/frame.mjs";
import { screenFlows } from "./flows/screens.mjs";
import { stateFlows } from "./flows/states.mjs";
import { storyFlows } from "./flows/story.mjs";
import { targetingFlows } from "./flows/targeting.mjs";
import { whatIfFlows } from "./flows/whatif.mjs";

const FLOW_LIMIT_MS = 90_000;

/** Thrown by a flow that cannot run here; the reason is told and counted. */
class Skip extends Error {}

function withLimit(promise) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done in ${FLOW_LIMIT_MS / 1000} s`)),
      FLOW_LIMIT_MS,
    );
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function runFlow(flow, browser, server) {
  const opened = await openPage(browser, flow.options);
  const skip = (reason) => {
    throw new Skip(reason);
  };
  try {
    await withLimit(
      flow.run({
        page: opened.page,
        url: server.url,
        program: server.program,
        skip,
      }),
    );
    if (opened.troubles.length > 0) throw new Error(opened.troubles.join("\n"));
    return { result: "passed", why: "" };
  } catch (error) {
    if (error instanceof Skip) return { result: "skipped", why: error.message };
    await takeShot(opened.page, `failed ${flow.name}`.replace(/\W+/g, "-"));
    const troubles =
      opened.troubles.length > 0 ? `\n${opened.troubles.join("\n")}` : "";
    return { result: "failed", why: `${error.stack ?? error}${troubles}` };
  } finally {
    await opened.close();
  }
}

function escapeXml(text) {
  const names = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };
  // Colour codes of error texts have no place in XML.
  return text
    .replace(/\u001b\[\d*m/g, "")
    .replace(/[<>&"]/g, (mark) => names[mark]);
}

function toJunit(outcomes) {
  const cases = outcomes.map(({ name, result, why, seconds }) => {
    const open = `  <testcase classname="e2e" name="${escapeXml(name)}" time="${seconds.toFixed(3)}"`;
    if (result === "passed") return `${open}/>`;
    if (result === "skipped")
      return `${open}><skipped message="${escapeXml(why)}"/></testcase>`;
    return `${open}><failure message="failed">${escapeXml(why)}</failure></testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="e2e">\n${cases.join("\n")}\n</testsuite>\n`;
}

const words = process.argv.slice(2);
const flows = [
  ...frameFlows,
  ...screenFlows,
  ...targetingFlows,
  ...whatIfFlows,
  ...budgetFlows,
  ...dataFlows,
  ...stateFlows,
  ...storyFlows,
].filter(
  (flow) =>
    words.length === 0 || words.some((word) => flow.name.includes(word)),
);
const server = await openServer();
const outcomes = [];
let browser;
try {
  browser = await launch();
  for (const flow of flows) {
    const started = Date.now();
    const { result, why } = await runFlow(flow, browser, server);
    const seconds = (Date.now() - started) / 1000;
    outcomes.push({ name: flow.name, result, why, seconds });
    console.log(
      `${result.padEnd(8)}${flow.name} (${seconds.toFixed(1)} s)${why ? `\n  ${why.replaceAll("\n", "\n  ")}` : ""}`,
    );
  }
} finally {
  await browser?.close();
  await server.close();
}
if (process.env.SEPAKAT_TEST_RESULTS) {
  mkdirSync(process.env.SEPAKAT_TEST_RESULTS, { recursive: true });
  writeFileSync(
    join(process.env.SEPAKAT_TEST_RESULTS, "e2e.xml"),
    toJunit(outcomes),
  );
}
const count = (result) =>
  outcomes.filter((outcome) => outcome.result === result).length;
console.log(
  `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`,
);
process.exitCode = count("failed") > 0 || count("passed") === 0 ? 1 : 0;
