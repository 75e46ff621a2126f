import type { Post } from "rookery/plugin";

/** Whether readers may see a post who know its address. */
export const isReadable = ({ status, visibility }: Post): boolean => status === "published" && visibility !== "private";
