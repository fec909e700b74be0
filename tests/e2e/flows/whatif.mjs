// What-ifs: the register under other rules, beside the live figures.

import assert from "node:assert/strict";
import { PHONE, TALL } from "../browser.mjs";
import { decide, home, judge, open } from "./shared.mjs";

async function openWhatIfs(page, url) {
  const region = await home(page, url);
  await open(page, url, `/simulasi/${region}`);
  await page.getByRole("heading", { name: "Buat simulasi baru" }).waitFor();
  return region;
}

/** Waits until the map is drawn, so that it is on the picture. */
async function drawn(page) {
  await page.waitForFunction(() => {
    const map = document.querySelector("[aria-busy]");
    return map
      ? map.getAttribute("aria-busy") === "false"
      : document.querySelector(".tiles") !== null;
  });
}

/** A name that no earlier run on the same server has taken. */
const fresh = (name) => `${name}-${Date.now().toString(36)}`;

/** Derives a what-if with a line of so many per cent and opens it. */
async function compute(page, name, percent) {
  await page
    .getByRole("textbox", { name: "Garis kemiskinan, %" })
    .fill(percent);
  await page.getByRole("textbox", { name: "Nama", exact: true }).fill(name);
  await page
    .getByRole("textbox", { name: "Nama dan jabatan Anda" })
    .fill("Ani, Bappeda");
  await page.getByRole("button", { name: "Hitung", exact: true }).click();
}

async function discard(page) {
  await page.getByRole("button", { name: "Buang" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Buang" }).click();
  await page.getByText(/dibuang\.$/).waitFor();
}

async function decileBy(url) {
  const parameters = await (
    await fetch(`${url}/v1/parameters?population=register`)
  ).json();
  return parameters.settings.decileBy;
}

/** Tries deciles of equal numbers of persons or families, and makes them the rule. */
async function adoptDeciles(page, of) {
  await page
    .getByRole("combobox", { name: "Desil memuat sama banyak" })
    .selectOption({ label: of });
  await compute(page, fresh("desil"), "100");
  await page.waitForURL(/cabang=desil-/);
  await page.getByText(`Desil memuat sama banyak ${of}`).waitFor();
  await page.getByRole("button", { name: "Berlakukan" }).click();
  const dialog = page.getByRole("dialog");
  await decide(dialog, "Ani, Bappeda", "Hasil rapat TKPK");
  await dialog
    .getByRole("textbox", { name: "Versi aturan baru" })
    .fill(fresh("uji"));
  await dialog.getByRole("button", { name: "Berlakukan" }).click();
  await page.getByText(/Diberlakukan sebagai versi uji-/).waitFor();
}

export const whatIfFlows = [
  {
    name: "somebody raises the poverty line in a what-if and sees figures, map, gains and losses beside the present",
    options: { viewport: TALL },
    run: async ({ page, url }) => {
      await openWhatIfs(page, url);
      await judge(page, "whatif-new");
      await compute(page, "Garis naik 10", "110");
      await page.waitForURL(/cabang=garis-naik-10/);
      await page.getByRole("heading", { name: "garis-naik-10" }).waitFor();
      await page.getByText("Garis kemiskinan 110% dari sekarang").waitFor();
      const figures = page.getByRole("region", {
        name: /Tabel: Sekarang dan seandainya/,
      });
      const poor = figures.getByRole("row", { name: /Penduduk miskin/ });
      await poor.getByText(/▲ \+/).waitFor();
      await page
        .getByRole("heading", { name: "Selisih menurut wilayah" })
        .waitFor();
      await page.getByRole("heading", { name: "Siapa yang berubah" }).waitFor();
      await drawn(page);
      await judge(page, "whatif");
      await page
        .getByRole("combobox", { name: "Menurut" })
        .selectOption("size");
      await page.getByText("7+ orang").waitFor();
      await discard(page);
      await page
        .getByRole("heading", { name: "Yang sudah dihitung" })
        .waitFor();
      await page
        .getByRole("link", { name: /garis-naik-10/ })
        .waitFor({ state: "detached" });
    },
  },
  {
    name: "a what-if with a name that is taken is refused with what to do",
    options: { allow: [/409/] },
    run: async ({ page, url }) => {
      await openWhatIfs(page, url);
      await compute(page, "dua kali", "105");
      await page.waitForURL(/cabang=dua-kali/);
      await page.getByRole("link", { name: "Semua simulasi" }).click();
      await compute(page, "dua kali", "95");
      await page
        .getByRole("alert")
        .getByText(/Nama itu sudah dipakai/)
        .waitFor();
      await page.getByRole("link", { name: /dua-kali/ }).click();
      await discard(page);
    },
  },
  {
    name: "a what-if becomes the rule with a reason, and another one takes it back",
    run: async ({ page, url }) => {
      const region = await openWhatIfs(page, url);
      await adoptDeciles(page, "jiwa");
      assert.equal(await decileBy(url), "persons");
      await open(page, url, `/simulasi/${region}`);
      await adoptDeciles(page, "keluarga");
      assert.equal(await decileBy(url), "families");
    },
  },
  {
    name: "what-ifs fit a phone, in English",
    options: { viewport: PHONE },
    run: async ({ page, url }) => {
      const region = await openWhatIfs(page, url);
      await judge(page, "whatif-new-phone");
      const name = fresh("ponsel");
      await compute(page, name, "108");
      await page.waitForURL(/cabang=ponsel-/);
      await page.goto(`${url}/simulasi/${region}?cabang=${name}&bahasa=en`);
      await page.getByRole("heading", { name: "Who changes" }).waitFor();
      await judge(page, "whatif-phone");
    },
  },
];
