// A table as text for the clipboard, as CSV, and as a workbook. Numbers stay numbers.

import type { SheetData } from 'write-excel-file/browser';

export type CellValue = string | number | null;
export interface Sheet {
  name: string;
  header: string[];
  rows: CellValue[][];
  source: string;
}

function csvCell(value: CellValue): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a header line and the source as the last line. */
export function toCsv(sheet: Sheet): string {
  const lines = [sheet.header, ...sheet.rows].map((row) => row.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n${csvCell(sheet.source)}\r\n`;
}

export function toTsv(sheet: Sheet): string {
  const clean = (value: CellValue) => (value === null ? '' : String(value).replace(/[\t\r\n]+/g, ' '));
  return [sheet.header, ...sheet.rows].map((row) => row.map(clean).join('\t')).join('\n');
}

function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function fileName(sheet: Sheet, extension: string): string {
  const base = sheet.name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${base || 'sepakat'}.${extension}`;
}

export function downloadCsv(sheet: Sheet): void {
  // The mark in front tells spreadsheets that the file is UTF-8.
  download(new Blob(['\uFEFF', toCsv(sheet)], { type: 'text/csv;charset=utf-8' }), fileName(sheet, 'csv'));
}

export async function downloadXlsx(sheet: Sheet): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const data: SheetData = [
    sheet.header.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...sheet.rows.map((row) => row.map((value) => (value === null ? null : { value }))),
    [],
    [{ value: sheet.source }],
  ];
  const blob = await writeXlsxFile(data, {
    sheet: sheet.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
  }).toBlob();
  download(blob, fileName(sheet, 'xlsx'));
}
