// The frame: where, when, connection, language, and the address as the state.

import assert from "node:assert/strict";
import { openPage, PHONE } from "../browser.mjs";
import { openLine } from "../server.mjs";
import { complete, home, judge, open, PERCENT } from "./shared.mjs";

const headline = (page) =>
  page.getByRole("region", {
    name: "Persentase penduduk miskin (P0)",
    exact: true,
  });

export const frameFlows = [
  {
    name: "a first visit opens the area that has the data, usable within two seconds",
    run: async ({ page, url }) => {
      await home(page, url);
      const times = [];
      for (let round = 0; round < 3; round++) {
        const started = Date.now();
        await page.goto(url);
        await headline(page).getByText(PERCENT).first().waitFor();
        times.push(Date.now() - started);
      }
      assert.ok(
        Math.min(...times) < 2000,
        `usable after ${times.join(", ")} ms`,
      );
    },
  },
  {
    name: "what is seen leads down into an area, and Back leads up again",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      const area = page
        .getByRole("link", { name: /Buka wilayah ini: [\d.<]+ ?\d* keluarga/ })
        .first();
      const name = /^\D+/.exec(await area.getAttribute("aria-label"))[0].trim();
      await area.click();
      await page.waitForURL(new RegExp(`/ringkasan/${region}\\.`));
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page
        .getByRole("navigation", { name: "Wilayah" })
        .getByRole("link", { name })
        .waitFor();
      await page.goBack();
      await page.waitForURL(new RegExp(`/ringkasan/${region}$`));
    },
  },
  {
    name: "an area is found by name and opened from the tree",
    run: async ({ page, url }) => {
      await home(page, url);
      await page.getByRole("button", { name: "Cari wilayah" }).click();
      const dialog = page.getByRole("dialog", { name: "Pilih wilayah" });
      await dialog
        .getByRole("button", { name: /^Buka / })
        .first()
        .waitFor();
      await judge(page, "area-tree");
      await dialog
        .getByRole("searchbox", { name: "Nama wilayah" })
        .fill("wiradesa");
      await dialog
        .getByRole("link", { name: /^Wiradesa.*33\.26\./ })
        .first()
        .click();
      await page.getByRole("heading", { level: 1, name: /Wiradesa/ }).waitFor();
    },
  },
  {
    name: "changes arrive by themselves, without reloading",
    run: async ({ page, url }) => {
      await home(page, url);
      await page.evaluate(() => (globalThis.notReloaded = true));
      const changed = page.getByRole("button", { name: /^Perubahan terakhir/ });
      const before = await changed.innerText();
      await page.waitForFunction(
        ([text]) =>
          [...document.querySelectorAll("button")].some(
            (button) =>
              button.innerText.startsWith("Perubahan terakhir") &&
              button.innerText !== text,
          ),
        [before],
        { timeout: 30_000 },
      );
      assert.equal(await page.evaluate(() => globalThis.notReloaded), true);
    },
  },
  {
    name: "the page can be held at a moment, looks different then, and goes back to live",
    run: async ({ page, url }) => {
      await home(page, url);
      await page.getByRole("button", { name: /^Perubahan terakhir/ }).click();
      await judge(page, "as-of");
      await page.getByRole("button", { name: "Tahan sekarang" }).click();
      await page
        .getByText(/^Keadaan pada \d\d-\d\d-\d{4} .*bukan keadaan sekarang/)
        .waitFor();
      assert.match(page.url(), /pada=\d+/);
      await page.getByRole("button", { name: /^Ditahan pada \d/ }).waitFor();
      await judge(page, "held");
      await page.getByRole("button", { name: "Kembali ke langsung" }).click();
      await page.getByRole("button", { name: /^Perubahan terakhir/ }).waitFor();
      assert.doesNotMatch(page.url(), /pada=/);
    },
  },
  {
    name: "a copied link shows a colleague the same thing, in either language",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(
        page,
        url,
        `/peta/${region}?ukuran=deprived.unfit_house&periode=7h`,
      );
      await page
        .getByRole("heading", {
          name: "Rumah tidak layak huni menurut wilayah",
        })
        .waitFor();
      assert.equal(
        await page
          .getByRole("button", { name: "7 hari" })
          .getAttribute("aria-pressed"),
        "true",
      );
      await page.getByRole("button", { name: "Switch to English" }).click();
      await page
        .getByRole("heading", { name: "Unfit house by area" })
        .waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      await page.goto(page.url());
      await page.getByRole("link", { name: "Overview" }).waitFor();
      await judge(page, "map-english");
    },
  },
  {
    name: "a broken connection is said, and the page catches up by itself",
    options: { allow: [/./] },
    run: async ({ page, url }) => {
      const line = await openLine(url);
      try {
        await home(page, line.url);
        await complete(page);
        line.cut();
        await page.getByText("terputus", { exact: true }).waitFor();
        await page.getByRole("button", { name: /^Coba sekarang/ }).waitFor();
        await judge(page, "disconnected");
        line.mend();
        await page
          .getByText("langsung", { exact: true })
          .waitFor({ timeout: 30_000 });
        await page.getByText(/^Tersambung lagi\./).waitFor();
      } finally {
        await page.goto("about:blank");
        line.close();
      }
    },
  },
  {
    name: "changed figures do not move for people who asked for reduced motion",
    options: { reducedMotion: "reduce" },
    run: async ({ page, url }) => {
      await home(page, url);
      const figure = page.locator(".glow").first();
      await figure.waitFor();
      const moving = await figure.evaluate((element) => {
        element.classList.add("glow--on");
        return getComputedStyle(element).animationName;
      });
      assert.equal(moving, "none");
    },
  },
  {
    name: "paper shows the section without its controls",
    run: async ({ page, url }) => {
      await home(page, url);
      await page.emulateMedia({ media: "print" });
      assert.equal(
        await page.getByRole("navigation", { name: "Bagian" }).count(),
        0,
      );
      await page
        .getByText(/^Sumber: /)
        .first()
        .waitFor();
    },
  },
  {
    name: "the dark theme is readable too",
    options: { colorScheme: "dark" },
    run: async ({ page, url }) => {
      await home(page, url);
      await judge(page, "dark");
    },
  },
  {
    name: "a figure tells on focus how it was made, and Escape puts that away",
    run: async ({ page, url }) => {
      await home(page, url);
      await complete(page);
      const figure = headline(page).getByRole("button", { name: /, rincian$/ });
      await page.getByRole("button", { name: /Cetak/ }).focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      assert.equal(
        await figure.evaluate((node) => node === document.activeElement),
        true,
      );
      await page.getByText("Pendataan terbaru").waitFor();
      await page.getByText(/^[\d.]+ dari [\d.]+$/).waitFor();
      await judge(page, "figure-details");
      await page.keyboard.press("Escape");
      await page.getByText("Pendataan terbaru").waitFor({ state: "detached" });
    },
  },
  {
    name: "the feed stands still under the pointer and says what waits",
    run: async ({ page, url }) => {
      await home(page, url);
      const feed = page.getByRole("list", { name: "Apa yang berubah" });
      const first = feed.getByRole("listitem").first();
      await first.hover();
      const shown = () =>
        feed
          .locator("li a")
          .evaluateAll((links) =>
            links.map((link) => link.getAttribute("href")),
          );
      const before = await shown();
      const waiting = page.getByRole("button", { name: /perubahan · muat$/ });
      await waiting.waitFor({ timeout: 60_000 });
      assert.deepEqual(await shown(), before);
      await waiting.click();
      await waiting.waitFor({ state: "detached" });
    },
  },
  {
    name: "on a phone the first touch tells about an area and the second opens it",
    options: { viewport: PHONE, hasTouch: true },
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await open(page, url, `/peta/${region}`);
      const area = page
        .getByRole("link", { name: /Buka wilayah ini: [\d.]+ keluarga/ })
        .first();
      await area.tap();
      await page.getByText(/^Buka wilayah ini: [\d.]+ keluarga$/).waitFor();
      assert.match(page.url(), new RegExp(`/peta/${region}$`));
      await area.tap();
      await page.waitForURL(new RegExp(`/peta/${region}\\.`));
    },
  },
  {
    name: "two windows of one person see the same figure",
    run: async ({ page, url }) => {
      const region = await home(page, url);
      await page.getByRole("button", { name: /^Perubahan terakhir/ }).click();
      await page.getByRole("button", { name: "Tahan sekarang" }).click();
      await page.waitForURL(/pada=/);
      const value = await headline(page).getByText(PERCENT).first().innerText();
      const other = await openPage(page.context().browser());
      await other.page.goto(page.url());
      assert.equal(
        await headline(other.page).getByText(PERCENT).first().innerText(),
        value,
      );
      assert.match(other.page.url(), new RegExp(`/${region}`));
      await other.close();
    },
  },
];
