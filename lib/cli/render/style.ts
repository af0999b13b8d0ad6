export { Style, type StyleName } from "../../rules/style";
