// What several flows do.

import assert from "node:assert/strict";
import { takeShot, violations } from "../browser.mjs";

export const PERCENT = /^\d{1,3},\d{2}%$/;

/** Opens an address and waits until the page is connected. */
export async function open(page, url, path) {
  await page.goto(url + path);
  await page.getByText("langsung", { exact: true }).waitFor();
}

/** The regency that holds the demonstration register. */
export async function home(page, url) {
  await open(page, url, "/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForURL(/\/ringkasan\/.+/);
  return new URL(page.url()).pathname.split("/")[2];
}

/** Waits until everything on the screen is there. */
export async function complete(page) {
  await page.waitForFunction(
    () => document.querySelectorAll(".skeleton").length === 0,
  );
}

/** A screen that is complete: nothing loading, 0 violations, no sideways scrolling, a picture of it. */
export async function judge(page, name) {
  await complete(page);
  assert.deepEqual(await violations(page), []);
  const [wide, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  assert.ok(
    wide <= view,
    `the page is ${wide} px wide in a window of ${view} px`,
  );
  await takeShot(page, name);
}

export async function decide(scope, actor, reason) {
  await scope
    .getByRole("textbox", { name: "Nama dan jabatan Anda" })
    .fill(actor);
  if (reason) await scope.getByRole("textbox", { name: "Alasan" }).fill(reason);
}

/** `1.234` as 1234. */
export function count(text) {
  return Number(text.replace(/\./g, ""));
}
