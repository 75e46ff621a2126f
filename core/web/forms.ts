import type { IncomingMessage, ServerResponse } from "node:http";
import { mkdir, rm } from "node:fs/promises";
import multer, { MulterError } from "multer";
import { PublicError } from "../errors.ts";
import { randomName } from "../ids.ts";
import { readBody } from "./body.ts";
import type { SentForm, UploadedFile } from "./screen.types.ts";

const fileLimit = 50_000_000;

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
  const fields = fieldsOf(await readBody(request, 1_000_000));
  if (fields.size > 1000) throw new PublicError("request.fields", "The form has more than 1,000 fields.", 413);
  return { fields: checked(fields), files: [], cleanUp: async () => undefined };
}

async function readMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
): Promise<SentForm & { cleanUp(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const storage = multer.diskStorage({ destination: folder, filename: (_request, _file, done) => done(null, randomName()) });
  const limits = {
    fileSize: fileLimit,
    files: 10,
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
  await new Promise<void>((resolve, reject) => parse(request, response, (error) => (error ? reject(refusal(error)) : resolve())));
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
    return { fields: checked(textsOf(parsed.body ?? {})), files: files.filter((file) => file.bytes > 0), cleanUp };
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

function fieldsOf(body: Buffer): URLSearchParams {
  const text = body.toString("latin1").replace(/%(?![0-9a-f]{2})/gi, "%25");
  try {
    // What is no UTF-8 would be stored as something else than was sent.
    decodeURIComponent(text.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new PublicError("request.text", "The form holds characters that are no text.", 400);
  }
  return new URLSearchParams(body.toString("utf8"));
}

function refusal(error: unknown): unknown {
  if (!(error instanceof MulterError))
    return new PublicError("request.multipart", "The form could not be read; it may have been cut off.", 400);
  if (error.code === "LIMIT_FILE_SIZE")
    return new PublicError("media.too-large", `A file is larger than ${fileLimit / 1_000_000} MB, the limit.`, 413, {
      megabytes: fileLimit / 1_000_000,
    });
  if (error.code === "LIMIT_FILE_COUNT") return new PublicError("media.too-many", "More than 10 files came at once.", 413);
  return new PublicError("request.parts", "The form has more or larger parts than are taken here.", 413);
}

function checked(fields: URLSearchParams): URLSearchParams {
  for (const value of fields.values())
    if (value.includes("\u0000") || !value.isWellFormed())
      throw new PublicError("request.text", "The form holds characters that are no text.", 400);
  return fields;
}
