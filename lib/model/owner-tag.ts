/** Key of the tag that marks the objects of this tool, where the platform has tags. Users cannot set it (TAG-RESERVED). */
export const OWNER_TAG = "cdktf-scf";
