import { line, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Devices that apps want to be told on. */
const devices: TableShape = {
  name: "p_client_api_devices",
  columns: {
    account_id: primary(ref()),
    /** SHA-256 of the device's token and its surroundings. */
    device_hash: primary(word(64)),
    blog_id: ref(),
    device_token: text(),
    push_env: word(20),
    app_name: line(100),
    created_at: time(),
  },
};

export const userTables: readonly TableShape[] = [devices];
