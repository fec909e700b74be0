// Line icons on a 20 px grid, drawn in the colour of their text.

const PATHS = {
  ringkasan: 'M3 11h5V3H3zM12 17h5V9h-5zM3 17h5v-3H3zM12 6h5V3h-5z',
  peta: 'M7.5 4 2.5 6v11l5-2 5 2 5-2V4l-5 2zM7.5 4v11M12.5 6v11',
  sasaran: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  simulasi: 'M5 3v14M5 12c6 0 5-6 10-6M12.5 3.5 15 6l-2.5 2.5',
  anggaran: 'M3 5.5h14v10H3zM3 9h14M6 12.5h3',
  pemantauan: 'M2.5 11h3.5l2-6 4 11 2-5h3.5',
  data: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M3 13.5V17h14v-3.5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  close: 'M5 5l10 10M15 5 5 15',
  chevron: 'M8 5l5 5-5 5',
  down: 'M5 8l5 5 5-5',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M9 4v12',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l3 2',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  pin: 'M10 18s5.5-5.5 5.5-10a5.5 5.5 0 1 0-11 0c0 4.5 5.5 10 5.5 10zM10 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  print: 'M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
