import type { AdminScreen } from "../../request.ts";
import { switchOffHere, switchOnHere } from "./blog-switch.ts";
import { listForBlog } from "./blog-list.ts";
import { blogPlace } from "./blog-place.ts";
import { finishConnecting } from "./callback.ts";
import { connectForm, disconnectForm } from "./connect.ts";
import { saveOrConnect } from "./connect-typed.ts";
import { listPlugins } from "./list.ts";
import { sitePlace } from "./site-place.ts";
import { testForm } from "./save.ts";
import { disable, enable, erase } from "./switch.ts";

const [site, blog] = ["/admin/plugins/:id", "/b/:blog/settings/plugins/:id"];

/** Plugins: switches with consent, generated settings, errors with retry, deletion of data; for the installation and for each blog. */
export const pluginScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/plugins", access: "admin", run: listPlugins },
  { method: "GET", path: site, access: "admin", run: async (request) => (await sitePlace(request)).page({}) },
  { method: "POST", path: `${site}/enable`, access: "admin", run: enable },
  { method: "POST", path: `${site}/disable`, access: "admin", run: disable },
  { method: "POST", path: `${site}/erase`, access: "admin", run: erase },
  {
    method: "POST",
    path: `${site}/settings`,
    access: "admin",
    run: async (request) => saveOrConnect(request, await sitePlace(request)),
  },
  {
    method: "POST",
    path: `${site}/test/:name`,
    access: "admin",
    run: async (request) => testForm(request, await sitePlace(request)),
  },
  {
    method: "POST",
    path: `${site}/connect/:key`,
    access: "admin",
    run: async (request) => connectForm(request, await sitePlace(request)),
  },
  {
    method: "POST",
    path: `${site}/disconnect/:key`,
    access: "admin",
    run: async (request) => disconnectForm(request, await sitePlace(request)),
  },
  { method: "GET", path: "/admin/oauth/callback", access: "member", run: finishConnecting },
  { method: "GET", path: "/b/:blog/settings/plugins", access: "member", run: listForBlog },
  { method: "GET", path: blog, access: "member", run: async (request) => (await blogPlace(request)).page({}) },
  { method: "POST", path: `${blog}/enable`, access: "member", run: switchOnHere },
  { method: "POST", path: `${blog}/disable`, access: "member", run: switchOffHere },
  {
    method: "POST",
    path: `${blog}/settings`,
    access: "member",
    run: async (request) => saveOrConnect(request, await blogPlace(request)),
  },
  {
    method: "POST",
    path: `${blog}/test/:name`,
    access: "member",
    run: async (request) => testForm(request, await blogPlace(request)),
  },
  {
    method: "POST",
    path: `${blog}/connect/:key`,
    access: "member",
    run: async (request) => connectForm(request, await blogPlace(request)),
  },
  {
    method: "POST",
    path: `${blog}/disconnect/:key`,
    access: "member",
    run: async (request) => disconnectForm(request, await blogPlace(request)),
  },
];
