import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdir, rm } from "node:fs/promises";
import multer, { MulterError } from "multer";
import { PublicError } from "../errors.ts";
import { randomName } from "../ids.ts";
import { soundFields, urlencodedFields } from "../net/urlencoded.ts";
import { readBody } from "./body.ts";
import type { SentForm, UploadedFile } from "./screen.types.ts";

/** How large each file may be, in bytes, and how many there may be. */
export type FileLimits = { readonly bytes: number; readonly files: number };

const ofScreens: FileLimits = { bytes: 50_000_000, files: 10 };

/**
 * Reads a form: urlencoded or multipart, everything limited. Files lie in `folder` until `cleanUp`; without a folder none are
 * taken, so that nobody who is not signed in fills the disk. PublicError 400, 413 or 415.
 */
export async function readForm(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string | null,
): Promise<SentForm & { cleanUp(): Promise<void> }> {
  const type = request.headers["content-type"] ?? "";
  if (folder !== null && /^multipart\/form-data\b/i.test(type)) return readMultipart(request, response, folder);
  if (!/^application\/x-www-form-urlencoded\b/i.test(type))
    throw new PublicError("request.type", "This address takes a form, urlencoded or multipart.", 415);
  const fields = urlencodedFields(await readBody(request, 1_000_000));
  if (fields.size > 1000) throw new PublicError("request.fields", "The form has more than 1,000 fields.", 413);
  return { fields, files: [], cleanUp: async () => undefined };
}

/** Reads a multipart form, its files into `folder`, where they lie until `cleanUp`. PublicError 400 or 413. */
export async function readMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  most: FileLimits = ofScreens,
): Promise<SentForm & { cleanUp(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const storage = multer.diskStorage({ destination: folder, filename: (_request, _file, done) => done(null, randomName()) });
  const limits = {
    fileSize: most.bytes,
    files: most.files,
    fields: 100,
    parts: 110,
    fieldSize: 1_000_000,
    fieldNameSize: 100,
    headerPairs: 100,
    fieldNestingDepth: 1, // `alt[]`
    fieldArrayIndexLimit: 100,
  };
  const parse = multer({ storage, limits }).any() as unknown as (
    request: unknown,
    response: unknown,
    done: (error?: unknown) => void,
  ) => void;
  await new Promise<void>((resolve, reject) =>
    parse(request, response, (error) => (error ? reject(refusal(error, most)) : resolve())),
  );
  const parsed = request as IncomingMessage & { body?: Record<string, unknown>; files?: Express.Multer.File[] };
  const files: UploadedFile[] = (parsed.files ?? []).map((file) => ({
    field: file.fieldname,
    // Browsers send names in UTF-8; the parser hands them over byte by byte.
    name: Buffer.from(file.originalname, "latin1").toString("utf8").slice(0, 200),
    path: file.path,
    bytes: file.size,
    type: file.mimetype.slice(0, 100),
  }));
  const cleanUp = async () => void (await Promise.all(files.map((file) => rm(file.path, { force: true }))));
  try {
    return { fields: soundFields(textsOf(parsed.body ?? {})), files: files.filter((file) => file.bytes > 0), cleanUp };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

// Names like `a[b]` would make objects of fields; a form of ours has none.
function textsOf(body: Record<string, unknown>): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(body))
    for (const one of [value].flat()) {
      if (typeof one !== "string")
        throw new PublicError("request.field-names", "The form has fields with names that none of ours has.", 400);
      fields.append(name, one);
    }
  return fields;
}

function refusal(error: unknown, most: FileLimits): unknown {
  if (!(error instanceof MulterError))
    return new PublicError("request.multipart", "The form could not be read; it may have been cut off.", 400);
  if (error.code === "LIMIT_FILE_SIZE")
    return new PublicError("media.too-large", `A file is larger than ${most.bytes / 1_000_000} MB, the limit.`, 413, {
      megabytes: most.bytes / 1_000_000,
    });
  if (error.code === "LIMIT_FILE_COUNT")
    return new PublicError("media.too-many", `More than ${most.files} files came at once.`, 413, { limit: most.files });
  return new PublicError("request.parts", "The form has more or larger parts than are taken here.", 413);
}
