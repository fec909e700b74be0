// Families of a rule, and why one of them stands where it stands.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PHONE, TALL } from "../browser.mjs";
import { count, home, judge, open } from "./shared.mjs";

async function openFamilies(page, url) {
  const region = await home(page, url);
  await open(page, url, `/sasaran/${region}`);
  await page.getByRole("button", { name: "Keluarga", exact: true }).click();
  const list = page.getByRole("region", { name: "Tabel: Urutan keluarga" });
  await list.getByRole("link").first().waitFor();
  return list;
}

async function totalOf(page) {
  const text = await page
    .getByText(/^[\d.]+ keluarga$/)
    .first()
    .innerText();
  return count(text.replace(" keluarga", ""));
}

const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\\.");

export const targetingFlows = [
  {
    name: "families of a programme rule are listed in order, masked",
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
    },
  },
  {
    name: "somebody jumps to the end of a long list of families and sees its last ones",
    run: async ({ page, url }) => {
      const list = await openFamilies(page, url);
      const total = await totalOf(page);
      await list.evaluate((element) =>
        element.scrollTo(0, element.scrollHeight),
      );
      await list
        .getByRole("row", {
          name: new RegExp(`^${grouped(total)} [0-9A-F]{8} `),
        })
        .waitFor();
      assert.ok(
        (await list.getByRole("row").count()) < 100,
        "only what is in sight is drawn",
      );
    },
  },
  {
    name: "a whole list of families leaves as CSV, with as many rows as it says",
    run: async ({ page, url }) => {
      await openFamilies(page, url);
      const total = await totalOf(page);
      const [csv] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "CSV" }).click(),
      ]);
      const lines = readFileSync(await csv.path(), "utf8")
        .trim()
        .split("\r\n");
      // A header in front, the source at the end.
      assert.equal(lines.length, total + 2);
      assert.match(lines[total], new RegExp(`^${total},`));
      assert.match(lines.at(-1), /Sumber: /);
    },
  },
  {
    name: "a family card explains each answer, each rule, and what a correction would change",
    options: { viewport: TALL },
    run: async ({ page, url }) => {
      const list = await openFamilies(page, url);
      await list.getByRole("link").first().click();
      await page.waitForURL(/keluarga=/);
      await page.getByRole("heading", { name: "Jawaban dan skor" }).waitFor();
      await page
        .getByRole("heading", { name: "Aturan satu per satu" })
        .waitFor();
      await page
        .getByRole("heading", { name: "Kedudukan di antara semua keluarga" })
        .waitFor();
      // A question of the chart goes over to the corrections, ready for its answer.
      await page
        .getByRole("button", { name: "Jumlah anggota , Uji koreksi" })
        .click();
      const members = page.getByRole("spinbutton", {
        name: "Jumlah anggota seandainya",
      });
      await members.waitFor();
      await page.waitForFunction(
        () =>
          document.activeElement?.labels?.[0]?.textContent ===
          "Jumlah anggota seandainya",
      );
      await members.fill("1");
      const trial = page.getByRole("table", {
        name: "Seandainya jawaban dikoreksi",
      });
      await trial
        .getByRole("row", { name: /^Peringkat di Indonesia/ })
        .waitFor();
      await page
        .getByRole("combobox", { name: "Tambah koreksi" })
        .selectOption({ label: "Lantai" });
      await page
        .getByRole("combobox", { name: "Lantai seandainya" })
        .selectOption({ label: "tanah" });
      await trial.getByRole("row", { name: /^Skor/ }).waitFor();
      await judge(page, "family");
      // Nothing was written: the family stands where it stood.
      await page.getByRole("button", { name: "Hapus koreksi Lantai" }).click();
      await page
        .getByRole("button", { name: "Hapus koreksi Jumlah anggota" })
        .click();
      await page.getByText(/sendirian mengubah golongan/).waitFor();
      assert.equal(await page.getByText(/\d{16}/).count(), 0);
    },
  },
  {
    name: "somebody asks who moved between deciles",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/sasaran/${region}`);
      await page.getByRole("button", { name: "Perpindahan" }).click();
      await page
        .getByRole("heading", { name: "Siapa yang berpindah" })
        .waitFor();
      await page
        .getByRole("combobox", { name: "Batas" })
        .selectOption("decile");
      await page.waitForURL(/batas=decile/);
      await judge(page, "moves");
    },
  },
  {
    name: "movements fit a phone, in English",
    options: { viewport: PHONE },
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await page.goto(`${url}/sasaran/${region}?tampil=perpindahan&bahasa=en`);
      await page.getByRole("heading", { name: "Families by decile" }).waitFor();
      await judge(page, "moves-phone");
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
