// Designed states that a healthy server with data does not show: their answers are staged.

import assert from "node:assert/strict";
import { takeShot, violations } from "../browser.mjs";
import { complete, home, judge, open } from "./shared.mjs";

const answer = (status, body) => ({
  status,
  contentType: status < 400 ? "application/json" : "application/problem+json",
  body: JSON.stringify(body),
});
const problem = (status, code, detail) =>
  answer(status, { type: "about:blank", title: code, status, detail, code });

export const stateFlows = [
  {
    name: "a first start with nothing loaded says the one command that loads data",
    run: async ({ page, url }) => {
      await page.route("**/v1/populations*", (route) =>
        route.fulfill(answer(200, { populations: [] })),
      );
      await open(page, url, "/");
      await page.getByText("Belum ada data", { exact: true }).waitFor();
      await page.getByText(/^sepakat ingest/).waitFor();
      await judge(page, "first-start");
      await page.getByRole("link", { name: "Buka bagian Data" }).click();
      await page
        .getByRole("heading", { name: "Kirim berkas survei" })
        .waitFor();
    },
  },
  {
    name: "a part that fails says what failed and what to do, and the rest stays",
    options: { allow: [/503/] },
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await page.route("**/v1/alerts*", (route) =>
        route.fulfill(
          problem(
            503,
            "MONITORING_DOWN",
            "Layanan pemantauan sedang tidak menjawab.",
          ),
        ),
      );
      await open(page, url, `/pemantauan/${region}`);
      const alerts = page.getByRole("region", { name: "Peringatan" });
      await alerts
        .getByText("Layanan pemantauan sedang tidak menjawab.")
        .waitFor();
      await page.getByRole("heading", { name: "Kesegaran data" }).waitFor();
      await judge(page, "part-failed");
      await page.unroute("**/v1/alerts*");
      await alerts.getByRole("button", { name: "Coba lagi" }).click();
      await alerts.getByRole("alert").waitFor({ state: "detached" });
    },
  },
  {
    name: "while figures are on the way their places are already there",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      let answer;
      const asked = new Promise((resolve) => (answer = resolve));
      await page.route("**/v1/figures/**", async (route) => {
        await asked;
        await route.continue();
      });
      await open(page, url, `/ringkasan/${region}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page
        .getByRole("status", { name: "Sedang memuat" })
        .first()
        .waitFor();
      assert.deepEqual(await violations(page), []);
      await takeShot(page, "loading");
      answer();
      await complete(page);
      await page.getByRole("heading", { name: "Apa yang berubah" }).waitFor();
    },
  },
  {
    name: "figures that could not be renewed stay, and say how old they are and why",
    options: { allow: [/503/] },
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/pemantauan/${region}`);
      const targets = page.getByRole("region", { name: "Capaian target" });
      await targets
        .getByText(/^\d+,\d\d%$/)
        .first()
        .waitFor();
      await page.route("**/v1/freshness/*", (route) =>
        route.fulfill(
          problem(503, "MONITORING_DOWN", "Layanan pemantauan tidak menjawab."),
        ),
      );
      await page
        .getByText(/^Angka terakhir dari pukul \d\d\.\d\d\.\d\d\. Layanan/)
        .waitFor({ timeout: 30_000 });
      await page
        .getByRole("region", { name: /Kesegaran data$/ })
        .first()
        .getByRole("link")
        .first()
        .waitFor();
      await judge(page, "stale");
    },
  },
  {
    name: "somebody without permission is told so in plain words",
    options: { allow: [/403/] },
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await page.route("**/v1/families*", (route) =>
        route.fulfill(problem(403, "PERMISSION_DENIED", "no")),
      );
      await open(page, url, `/sasaran/${region}?tampil=keluarga`);
      await page.getByText(/^Anda tidak berhak melihat bagian ini/).waitFor();
      await judge(page, "no-permission");
    },
  },
  {
    name: "a part of the page that cannot be downloaded says so, and comes when asked again",
    options: { allow: [/TargetingScreen/, /ERR_FAILED/] },
    run: async ({ page, url }) => {
      await home(page, url);
      await page.route("**/assets/TargetingScreen*", (route) => route.abort());
      await page.getByRole("link", { name: "Sasaran", exact: true }).click();
      await page.getByText(/^Bagian halaman ini gagal diunduh/).waitFor();
      await judge(page, "download-failed");
      await page.unroute("**/assets/TargetingScreen*");
      await page.getByRole("button", { name: "Coba lagi" }).click();
      await page.getByRole("heading", { name: "Prioritas wilayah" }).waitFor();
    },
  },
  {
    name: "an unknown area leads back to the data",
    options: { allow: [/404/] },
    run: async ({ page, url }) => {
      await open(page, url, "/ringkasan/99.99.99");
      await page.getByText("Wilayah 99.99.99 tidak dikenal.").waitFor();
      await page
        .getByRole("button", { name: "Ke wilayah yang memiliki data" })
        .click();
      await page.waitForURL(/\/ringkasan\/\d\d/);
    },
  },
  {
    name: "without boundaries the map is a grid of tiles that the keyboard reaches",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await page.route("**/v1/boundaries/*", (route) =>
        route.fulfill(answer(200, { type: "FeatureCollection", features: [] })),
      );
      await open(page, url, `/peta/${region}`);
      const tiles = page.getByRole("list", {
        name: "Persentase penduduk miskin (P0) menurut wilayah",
      });
      await tiles.getByRole("link").first().waitFor();
      assert.ok((await tiles.getByRole("link").count()) > 1);
      await judge(page, "tiles");
      await tiles.getByRole("link").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`/peta/${region}\\.`));
    },
  },
  {
    name: "missing figures are hatched and say why, never zero",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      const area = page.getByRole("link", { name: /Buka wilayah ini/ }).first();
      const emptied = (await area.getAttribute("href")).split("/")[2];
      await page.route("**/v1/figures/*/children*", async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        const child = body.children.find(({ region }) => region === emptied);
        for (const figure of child?.figures ?? []) {
          Object.assign(figure, {
            value: "",
            denominator: "0",
            observedFamilies: "0",
            unknownFamilies: "7",
          });
        }
        await route.fulfill({ response, json: body });
      });
      await open(page, url, `/peta/${region}`);
      await page
        .getByRole("link", {
          name: /tidak ada data\. Jawaban 7 keluarga belum diketahui\./,
        })
        .first()
        .waitFor();
      await page.getByText("tidak ada data", { exact: true }).first().waitFor();
      await judge(page, "missing");
    },
  },
];
