// Every screen at the size of a projector and of a phone: complete, without violations, pictured.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DESK, openPage, PHONE } from "../browser.mjs";
import { complete, home, judge, open } from "./shared.mjs";

const SCREENS = [
  ["ringkasan", "Ringkasan", "Apa yang berubah"],
  ["peta", "Peta", "Persentase penduduk miskin (P0) menurut wilayah"],
  ["sasaran", "Sasaran", "Prioritas wilayah"],
  ["anggaran", "Anggaran", "Program dan uangnya"],
  ["pemantauan", "Pemantauan", "Kesegaran data"],
  ["data", "Data", "Data yang masuk"],
];
const SIZES = [
  ["1366x768", DESK],
  ["390x844", PHONE],
];

const visits = SCREENS.flatMap(([section, link, heading]) =>
  SIZES.map(([size, viewport]) => ({
    name: `${link} at ${size}`,
    options: { viewport },
    run: async ({ page, url }) => {
      await home(page, url);
      await page
        .getByRole("navigation", { name: "Bagian" })
        .getByRole("link", { name: link, exact: true })
        .click();
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      await judge(page, `${section}-${size}`);
    },
  })),
);

export const screenFlows = [
  ...visits,
  {
    name: "a table lies behind the map, one key away, and sorts, filters and leaves as CSV and XLSX",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/peta/${region}`);
      const picture = page
        .getByRole("region", {
          name: "Persentase penduduk miskin (P0) menurut wilayah",
        })
        .first();
      await picture.getByRole("button", { name: "Tabel" }).focus();
      await page.keyboard.press("t");
      const names = () =>
        picture.getByRole("row").getByRole("link").allInnerTexts();
      await picture.getByRole("button", { name: "Wilayah" }).click();
      const ascending = await names();
      assert.ok(ascending.length > 1);
      assert.deepEqual(
        ascending,
        [...ascending].sort((a, b) => a.localeCompare(b, "id")),
      );
      await judge(page, "table");
      await picture
        .getByRole("searchbox", { name: "Saring tabel" })
        .fill(ascending[0]);
      assert.ok((await names()).length < ascending.length);
      const [csv] = await Promise.all([
        page.waitForEvent("download"),
        picture.getByRole("button", { name: "CSV" }).click(),
      ]);
      const text = readFileSync(await csv.path(), "utf8");
      assert.match(text, new RegExp(ascending[0]));
      assert.match(text, /Sumber: /);
      const [xlsx] = await Promise.all([
        page.waitForEvent("download"),
        picture.getByRole("button", { name: "XLSX" }).click(),
      ]);
      assert.equal(
        readFileSync(await xlsx.path())
          .subarray(0, 2)
          .toString(),
        "PK",
      );
    },
  },
  {
    name: "a copied link shows a colleague the table as it was set",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/peta/${region}`);
      const table = () =>
        page.getByRole("region", { name: /^Tabel: Persentase penduduk/ });
      await complete(page);
      await page.getByRole("button", { name: "Tabel" }).first().click();
      await table().getByRole("button", { name: "Keluarga" }).click();
      await table().getByRole("button", { name: "Keluarga" }).click();
      await page.getByText("Kolom", { exact: true }).click();
      await page.getByRole("checkbox", { name: "Kode" }).check();
      await page.keyboard.press("Escape");
      const rows = await table().getByRole("row").allInnerTexts();
      assert.match(rows[1], new RegExp(`^${region}\\.`));
      const colleague = await openPage(page.context().browser());
      await open(colleague.page, page.url(), "");
      const theirs = colleague.page.getByRole("region", {
        name: /^Tabel: Persentase penduduk/,
      });
      await theirs.waitFor();
      const name = (text) => text.split("\t")[1];
      assert.deepEqual(
        (await theirs.getByRole("row").allInnerTexts()).slice(0, 4).map(name),
        rows.slice(0, 4).map(name),
      );
      await colleague.close();
      await page.goBack();
      await table().waitFor({ state: "detached" });
    },
  },
  {
    name: "the map shows change since a named moment around zero",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/peta/${region}`);
      await page
        .getByRole("button", { name: "Perubahan", exact: true })
        .click();
      await page
        .getByRole("heading", {
          name: "Perubahan Persentase penduduk miskin (P0) menurut wilayah",
        })
        .waitFor();
      await page.getByText("Kelas simetris di sekitar nol.").waitFor();
      await judge(page, "map-change");
    },
  },
  {
    name: "a village is the end of the way down, and says so",
    run: async ({ page, url }) => {
      await home(page, url);
      await page.getByRole("button", { name: "Cari wilayah" }).click();
      await page
        .getByRole("searchbox", { name: "Nama wilayah" })
        .fill("klesem");
      await page
        .getByRole("dialog")
        .getByRole("link", { name: /33\.26\.\d\d\.\d{4}/ })
        .first()
        .click();
      await page
        .getByText("Tidak ada wilayah yang lebih kecil di bawah ini.")
        .waitFor();
      await judge(page, "village");
    },
  },
];
