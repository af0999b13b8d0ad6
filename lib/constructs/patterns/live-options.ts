import type { ReleasedVersion, RoutedVersions } from "../alias";

/** What the alias `live` of a pattern is given beside its version: a routing, or a release. */
export type LiveOptions = Pick<RoutedVersions, "routing"> | Pick<ReleasedVersion, "release">;
