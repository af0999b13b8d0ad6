export { openZip, packageZip } from "./archive";
export { packageFolder } from "./folder";
export { packageText } from "./inline";
export { CodePackage, type PackageFile } from "./package";
export { ASSETS_DIRECTORY, describePackage, matchesHash, stagePackage } from "./stage";
