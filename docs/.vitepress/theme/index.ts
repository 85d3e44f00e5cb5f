import DefaultTheme from 'vitepress/theme-without-fonts';
import { mendSearchRoles } from './search-roles.ts';
import './colours.css';
import './type.css';
import './home.css';
import './code.css';
import './reference.css';

export default {
  extends: DefaultTheme,
  enhanceApp() {
    if (typeof document !== 'undefined') mendSearchRoles();
  },
};
