/// <reference types="vite/client" />

// The build of MapLibre whose worker is a file of its own, as a strict content policy wants.
declare module 'maplibre-gl/dist/maplibre-gl-csp' {
  import maplibre from 'maplibre-gl';
  export default maplibre;
}
