// The page in a real browser: what it takes to open it, and how long a changed figure takes to show.
//
//   node page.mjs URL REQUESTS
//
// REQUESTS is a JSON file: {"region": ..., "requests": [body, ...]}; each body changes the number of
// poor persons of the region. Prints one line of JSON: milliseconds from the first request until the
// page can be used, bytes that came over the wire until then, and for each request the milliseconds
// from its sending until the browser showed another number.

import { readFileSync } from "node:fs";
import { launch, openPage } from "../../e2e/browser.mjs";

const [url, file] = process.argv.slice(2);
const { region, requests } = JSON.parse(readFileSync(file, "utf8"));

/** Usable: connected, and nothing on the screen is a placeholder any more. */
async function timeToUse(page) {
  let bytes = 0;
  const sizes = [];
  page.on("requestfinished", (request) => {
    sizes.push(
      request.sizes().then(({ responseBodySize }) => {
        bytes += responseBodySize;
      }),
    );
  });
  const began = performance.now();
  await page.goto(`${url}/ringkasan/${region}`);
  await page.getByText("langsung", { exact: true }).waitFor();
  await page.waitForFunction(
    () =>
      document.querySelectorAll("article.card").length > 0 &&
      document.querySelectorAll(".skeleton").length === 0,
  );
  const usableMs = performance.now() - began;
  await Promise.allSettled(sizes);
  return { usableMs, bytes };
}

/** Notes the instant of every frame that shows another number of poor persons. */
async function watch(page) {
  await page.evaluate(() => {
    const read = () => {
      const cards = [...document.querySelectorAll("article.card")];
      const card = cards.find((one) =>
        one.querySelector("h3")?.textContent?.includes("Penduduk miskin"),
      );
      return card?.querySelector(".card__value")?.textContent ?? "";
    };
    globalThis.shown = [];
    let last = read();
    if (last === "") throw new Error("the card of poor persons is not there");
    new MutationObserver(() => {
      const now = read();
      if (now === last || now === "") return;
      last = now;
      requestAnimationFrame(() => globalThis.shown.push(Date.now()));
    }).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
}

async function send(body, number) {
  const answer = await fetch(`${url}/v1/records`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": `page-${number}`,
    },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201)
    throw new Error(`record refused: ${answer.status} ${await answer.text()}`);
}

async function timeToShow(page) {
  const shownMs = [];
  for (const [number, body] of requests.entries()) {
    const sent = Date.now();
    await send(body, number);
    await page.waitForFunction(
      (count) => globalThis.shown.length > count,
      number,
    );
    const instant = await page.evaluate((at) => globalThis.shown[at], number);
    shownMs.push(instant - sent);
  }
  return shownMs;
}

const browser = await launch();
try {
  const { page } = await openPage(browser);
  const opened = await timeToUse(page);
  await watch(page);
  const shownMs = await timeToShow(page);
  console.log(JSON.stringify({ ...opened, shownMs }));
} finally {
  await browser.close();
}
