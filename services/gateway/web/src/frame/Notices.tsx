import { Icon } from '../parts/Icon';
import { useStore, useT } from '../store/hooks';

/** What happened: errors stay until they are dismissed, confirmations leave by themselves. */
export function Notices() {
  const store = useStore();
  const t = useT();
  return (
    <div class="notices no-print" aria-live="polite">
      {store.notices.value.map((notice) => (
        <div
          key={notice.id}
          class={`notice notice--${notice.kind}`}
          role={notice.kind === 'error' ? 'alert' : 'status'}
        >
          <p>{notice.text}</p>
          <button
            type="button"
            class="button button--icon"
            aria-label={t('action.dismiss')}
            onClick={() => store.dismiss(notice.id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
