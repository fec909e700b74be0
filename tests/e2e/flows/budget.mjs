// From a proposal to a decision and a delivery.

import assert from "node:assert/strict";
import { count, decide, home, judge, open } from "./shared.mjs";

async function openProgramme(page, url) {
  const region = await home(page, url);
  await open(page, url, `/anggaran/${region}`);
  const panel = page.getByRole("region", { name: "Program dan uangnya" });
  await panel.getByRole("link").first().click();
  await page.waitForURL(/program=/);
  await page.getByRole("heading", { name: "Usulan terbaru" }).waitFor();
}

export const budgetFlows = [
  {
    name: "a preview under half the ceiling says who would lose, and saves nothing",
    run: async ({ page, url }) => {
      await openProgramme(page, url);
      const preview = page
        .getByRole("region", { name: "Seandainya pagu atau biaya berubah" })
        .first();
      const ceiling = preview.getByRole("textbox", { name: "Pagu" });
      await ceiling.fill("banyak");
      await preview.getByText(/^Tulis jumlah rupiah/).waitFor();
      const unitCost = count(
        await preview
          .getByRole("textbox", { name: "Biaya satuan" })
          .inputValue(),
      );
      await ceiling.fill(String(unitCost));
      await preview.getByRole("button", { name: "Lihat akibatnya" }).click();
      await preview.getByText("biaya seluruhnya").waitFor();
      await preview
        .getByText(/^Dibandingkan dengan|^Belum ada usulan/)
        .waitFor();
      await judge(page, "preview");
    },
  },
  {
    name: "a proposal is approved with a reason, frozen, and a delivery is recorded against it",
    run: async ({ page, url }) => {
      await openProgramme(page, url);
      await page.getByRole("button", { name: "Setujui usulan ini" }).click();
      const dialog = page.getByRole("dialog", { name: "Setujui usulan" });
      const confirm = dialog.getByRole("button", {
        name: "Setujui dan bekukan daftar",
      });
      assert.equal(
        await confirm.isDisabled(),
        true,
        "no decision without a person and a reason",
      );
      await decide(dialog, "Kepala Bappeda", "Rapat TKPK 24-11-2026");
      await judge(page, "approve");
      await confirm.click();
      await page.getByText("Daftar beku", { exact: true }).waitFor();
      await page.getByText("Rapat TKPK 24-11-2026").waitFor();
      await judge(page, "plan");
      const form = page.getByRole("region", { name: "Catat penyaluran" });
      await form
        .getByRole("textbox", { name: "Nomor BAST" })
        .fill("BAST/12/2026");
      await decide(form, "Dinas Sosial");
      await form.getByRole("button", { name: "Catat", exact: true }).click();
      await page.getByText("Penyaluran dicatat.").waitFor();
      await page.getByText("sudah disalurkan").first().waitFor();
      await judge(page, "delivery");
    },
  },
];
