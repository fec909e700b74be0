// Pemantauan: targets, alerts, and how fresh the data is.

import { ScreenHead } from '../ScreenHead';
import { AlertsPanel } from './AlertsPanel';
import { FreshnessPanel } from './FreshnessPanel';
import { TargetsPanel } from './TargetsPanel';

export function MonitoringScreen() {
  return (
    <>
      <ScreenHead liveOnly />
      <div class="split split--even">
        <AlertsPanel />
        <div class="split__side">
          <TargetsPanel />
          <FreshnessPanel />
        </div>
      </div>
    </>
  );
}
