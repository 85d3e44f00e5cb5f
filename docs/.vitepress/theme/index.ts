import DefaultTheme from 'vitepress/theme-without-fonts';
import './colours.css';
import './type.css';
import './home.css';
import './code.css';
import './reference.css';

export default DefaultTheme;
