// Families of a rule, and why one of them stands where it stands.

import assert from "node:assert/strict";
import { PHONE } from "../browser.mjs";
import { count, home, judge, open } from "./shared.mjs";

async function openFamilies(page, url) {
  const region = await home(page, url);
  await open(page, url, `/sasaran/${region}`);
  await page.getByRole("button", { name: "Keluarga", exact: true }).click();
  const list = page.getByRole("region", { name: "Tabel: Urutan keluarga" });
  await list.getByRole("link").first().waitFor();
  return list;
}

export const targetingFlows = [
  {
    name: "families of a programme rule are listed in order, masked, and scroll",
    run: async ({ page, url }) => {
      const list = await openFamilies(page, url);
      const choice = page.getByRole("combobox", { name: "Aturan program" });
      const rules = await choice.getByRole("option").all();
      assert.ok(rules.length > 1, "there is a programme to choose");
      await choice.selectOption(await rules[1].getAttribute("value"));
      await page.waitForURL(/program=/);
      await page.getByText(/Identitas disamarkan/).waitFor();
      await list.getByRole("row").nth(1).waitFor();
      await judge(page, "families");
      const loaded = page.getByText(/keluarga sudah dimuat/);
      const [, shown, total] = /([\d.]+) dari ([\d.]+) keluarga/.exec(
        await loaded.innerText(),
      );
      if (count(total) > count(shown)) {
        await list.evaluate((element) =>
          element.scrollTo(0, element.scrollHeight),
        );
        await page.waitForFunction(
          ([before]) => !document.body.innerText.includes(before),
          [`${shown} dari ${total} keluarga`],
        );
      }
    },
  },
  {
    name: "a family card explains each answer, each rule, and what a correction would change",
    run: async ({ page, url }) => {
      const list = await openFamilies(page, url);
      await list.getByRole("link").first().click();
      await page.waitForURL(/keluarga=/);
      await page.getByRole("heading", { name: "Jawaban dan skor" }).waitFor();
      await page
        .getByRole("heading", { name: "Aturan satu per satu" })
        .waitFor();
      await page.getByRole("button", { name: "Uji koreksi" }).first().click();
      await page.getByText(/skor/).last().waitFor();
      await judge(page, "family");
      assert.equal(await page.getByText(/\d{16}/).count(), 0);
    },
  },
  {
    name: "a family card fits a phone",
    options: { viewport: PHONE },
    run: async ({ page, url }) => {
      const list = await openFamilies(page, url);
      await judge(page, "families-phone");
      await list.getByRole("link").first().click();
      await page.getByRole("heading", { name: "Jawaban dan skor" }).waitFor();
      await judge(page, "family-phone");
    },
  },
];
