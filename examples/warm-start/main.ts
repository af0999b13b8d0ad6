import { App } from "cdktf";
import { Search } from "./search";

const app = new App();
new Search(app, "search");
app.synth();
