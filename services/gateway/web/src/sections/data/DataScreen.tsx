// Data: what came in, what was refused and why, and how it is put right.

import { useUrl } from '../../store/hooks';
import { ScreenHead } from '../ScreenHead';
import { Arrivals } from './Arrivals';
import { QuarantinePanel } from './QuarantinePanel';
import { QuarantinedRecord } from './QuarantinedRecord';
import { UploadPanel } from './UploadPanel';

export function DataScreen() {
  const { submission } = useUrl();
  return (
    <>
      <ScreenHead />
      {submission !== '' ? (
        <QuarantinedRecord key={submission} submissionId={submission} />
      ) : (
        <>
          <div class="split split--data">
            <Arrivals />
            <UploadPanel />
          </div>
          <QuarantinePanel />
        </>
      )}
    </>
  );
}
