import { installationFacts } from "../installation/facts.ts";
import type { Storage } from "../storage/storage.ts";
import { mediaLimits, type MediaLimits } from "./kinds.ts";

/** How large a file of each kind may be here, in bytes: the installation may take less than the program could. */
export async function mediaLimitsOf(storage: Pick<Storage, "query">): Promise<MediaLimits> {
  const { imageMegabytes, audioMegabytes, videoMegabytes } = await installationFacts(storage);
  return {
    image: Math.min(mediaLimits.image, imageMegabytes * 1_000_000),
    audio: Math.min(mediaLimits.audio, audioMegabytes * 1_000_000),
    video: Math.min(mediaLimits.video, videoMegabytes * 1_000_000),
  };
}
