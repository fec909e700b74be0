import { render } from 'preact';
import { App } from './App';
import { AppStore } from './store/app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/screens.css';
import './styles/print.css';

const root = document.getElementById('app');
if (root) {
  const store = new AppStore();
  store.start();
  render(<App store={store} />, root);
}
