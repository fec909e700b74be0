// What came in, what was refused, and how it is put right.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { count, decide, home, judge, open } from "./shared.mjs";

async function openData(page, url) {
  const region = await home(page, url);
  await open(page, url, `/data/${region}`);
  await page.getByRole("heading", { name: "Data yang masuk" }).waitFor();
}

export const dataFlows = [
  {
    name: "arrivals add up: received is accepted, flagged, rejected and repeated",
    run: async ({ page, url }) => {
      await openData(page, url);
      const sum = page
        .getByText(/baik \+ .* ditolak \+ .* berulang/)
        .locator("..");
      const numbers = (await sum.innerText()).match(/\d[\d.]*/g).map(count);
      assert.equal(numbers.length, 5);
      assert.equal(
        numbers[0],
        numbers.slice(1).reduce((a, b) => a + b, 0),
      );
      assert.ok(numbers[0] > 0);
    },
  },
  {
    name: "a refused record opens beside its rule and is sent again corrected",
    run: async ({ page, url }) => {
      await openData(page, url);
      const records = page
        .getByRole("region", { name: "Catatan yang disisihkan" })
        .first();
      const reasons = records.getByRole("list", { name: "Menurut alasan" });
      await reasons.getByRole("link").first().click();
      await page.waitForURL(/alasan=/);
      await records.getByRole("row").nth(1).getByRole("link").first().click();
      await page.waitForURL(/kiriman=/);
      await page
        .getByRole("heading", { name: "Aturan yang dilanggar" })
        .waitFor();
      await page.getByText("menolak", { exact: true }).first().waitFor();
      await judge(page, "record");
      const cell = page
        .getByRole("textbox", { name: /^Kolom .*, anggota 1$/ })
        .first();
      await cell.fill(`${await cell.inputValue()} `);
      await decide(page, "Operator desa", "Kunjungan ulang");
      await page.getByRole("button", { name: "Kirim 1 perbaikan" }).click();
      await page
        .getByText(/Catatan masih ditolak|Catatan sudah masuk register/)
        .waitFor();
    },
  },
  {
    name: "records set aside are checked again with a reason, and the result is told",
    run: async ({ page, url }) => {
      await openData(page, url);
      await page.getByRole("button", { name: "Periksa ulang" }).click();
      const dialog = page.getByRole("dialog", { name: "Periksa ulang" });
      await decide(dialog, "Operator desa", "Buku kode baru");
      await judge(page, "replay");
      await dialog.getByRole("button", { name: "Periksa ulang" }).click();
      await page.getByText(/catatan diperiksa ulang: .* kini baik/).waitFor();
    },
  },
  {
    name: "a survey file is sent with its code book, and every record is accounted for",
    run: async ({ page, url, program, skip }) => {
      if (!program)
        skip(
          "needs the program to write a survey file; only SEPAKAT_URL was given",
        );
      const folder = mkdtempSync(join(tmpdir(), "sepakat-upload-"));
      try {
        const file = join(folder, "survei.csv");
        execFileSync(program, [
          "generate",
          "--out",
          file,
          "--families",
          "200",
          "--seed",
          "4711",
        ]);
        await openData(page, url);
        const form = page.getByRole("region", { name: "Kirim berkas survei" });
        await form.getByLabel("Pilih berkas").setInputFiles(file);
        await form.getByText("survei.csv").waitFor();
        await form
          .getByRole("combobox", { name: "Buku kode" })
          .selectOption("regsosek_2022");
        await form
          .getByRole("textbox", { name: "Pengirim" })
          .fill("Uji peramban");
        await decide(form, "Operator desa");
        await form.getByRole("button", { name: "Kirim berkas" }).click();
        await form.getByText(/[\d.]+ catatan diterima/).waitFor();
        await judge(page, "upload");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
