// The page shows what new survey data changes: one person has the overview open, another sends the
// re-survey of a district in which every poor family has been helped.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPage } from "../browser.mjs";
import { FAMILIES } from "../server.mjs";
import { decide, judge, open, PERCENT } from "./shared.mjs";

/** Poverty line of the demonstration register, rupiah per head and month. */
const LINE = 538_371;
const WELFARE = "sintetis_konsumsi_kapita_bulan";
/** What a family answers after help: expenditure above the line, and a fit house. */
const HELPED = {
  [WELFARE]: "900000",
  r303: "2",
  r304: "1",
  r305: "2",
  r306a: "3",
  r309a: "1",
  r309b: "1",
  r310: "1",
};

/** The register as families: rows of one family follow each other, its items stand in the first. */
function readFamilies(text) {
  const [header, ...lines] = text.trim().split("\n");
  const columns = header.split(",");
  const at = (name) => columns.indexOf(name);
  const families = [];
  for (const line of lines) {
    const cells = line.split(",");
    const family = families.at(-1);
    if (family && family.rows[0][at("r114")] === cells[at("r114")])
      family.rows.push(cells);
    else
      families.push({
        rows: [cells],
        district: ["r101", "r102", "r103"]
          .map((name) => cells[at(name)])
          .join("."),
        welfare: Number(cells[at(WELFARE)]),
      });
  }
  return { header, at, families };
}

/** Families of the district with most poor ones, as they answer today. */
function resurvey(text, today) {
  const { header, at, families } = readFamilies(text);
  const poor = families.filter((family) => family.welfare < LINE);
  const count = new Map();
  for (const { district } of poor)
    count.set(district, (count.get(district) ?? 0) + 1);
  const [district] = [...count].sort((a, b) => b[1] - a[1])[0];
  const helped = poor.filter((family) => family.district === district);
  for (const { rows } of helped) {
    const answers = { ...HELPED, tanggal_pendataan: today };
    for (const [name, value] of Object.entries(answers))
      rows[0][at(name)] = value;
  }
  const lines = helped.flatMap(({ rows }) => rows.map((row) => row.join(",")));
  return { district, count: helped.length, csv: [header, ...lines].join("\n") };
}

async function send(page, url, district, file) {
  await open(page, url, `/data/${district}`);
  const form = page.getByRole("region", { name: "Kirim berkas survei" });
  await form.getByLabel("Pilih berkas").setInputFiles(file);
  await form
    .getByRole("combobox", { name: "Buku kode" })
    .selectOption("regsosek_2022");
  await form.getByRole("textbox", { name: "Pengirim" }).fill("Pendataan ulang");
  await decide(form, "Operator kecamatan");
  await form.getByRole("button", { name: "Kirim berkas" }).click();
  await form.getByText(/[\d.]+ catatan diterima/).waitFor();
}

const percent = (text) => Number(text.replace("%", "").replace(",", "."));

export const storyFlows = [
  {
    name: "a district is surveyed again after help, and an open page shows the change by itself",
    run: async ({ page, url, program, skip }) => {
      if (!program)
        skip(
          "needs the program to write the register; only SEPAKAT_URL was given",
        );
      const folder = mkdtempSync(join(tmpdir(), "sepakat-story-"));
      try {
        const register = join(folder, "register.csv");
        execFileSync(program, [
          "generate",
          "--out",
          register,
          "--families",
          String(FAMILIES),
        ]);
        const today = new Date().toISOString().slice(0, 10);
        const { district, count, csv } = resurvey(
          readFileSync(register, "utf8"),
          today,
        );
        const file = join(folder, "pendataan-ulang.csv");
        writeFileSync(file, csv);

        await open(page, url, `/ringkasan/${district}`);
        await page.evaluate(() => (globalThis.notReloaded = true));
        const headline = page.getByRole("region", {
          name: "Persentase penduduk miskin (P0)",
          exact: true,
        });
        const before = await headline.getByText(PERCENT).first().innerText();
        await judge(page, "before-resurvey");

        const operator = await openPage(page.context().browser());
        await send(operator.page, url, district, file);
        assert.deepEqual(operator.troubles, []);
        await operator.close();

        await page
          .getByText(/keluarga di .* naik ke atas garis kemiskinan/)
          .first()
          .waitFor();
        await page.waitForFunction(
          ([text]) => !document.querySelector("main").innerText.includes(text),
          [before],
        );
        const after = await headline.getByText(PERCENT).first().innerText();
        assert.ok(
          percent(after) < percent(before) / 4,
          `${count} poor families were helped, P0 went from ${before} to ${after}`,
        );
        await headline.getByText("membaik").waitFor();
        assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
        await judge(page, "after-resurvey");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
