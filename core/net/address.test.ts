import test from "ava";
import { networkInterfaces } from "node:os";
import { isAllowedAddress } from "./address.ts";

// One address of every range of security.md F3, and its edges where they are easily got wrong.
const refused =
  `0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 168.63.129.16 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
localhost 127.1 0x7f.1 example.com`.split(/\s+/);
const open =
  "1.1.1.1 9.9.9.9 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1 2606:4700::1111 2a00:1450:4001::1 ::ffff:9.9.9.9".split(
    " ",
  );

for (const address of refused) test(`F3: ${address} is refused`, (t) => t.false(isAllowedAddress(address)));
for (const address of open) test(`F3: ${address} is open`, (t) => t.true(isAllowedAddress(address)));

test("F3: the machine's own addresses are refused", (t) => {
  for (const { address } of Object.values(networkInterfaces()).flatMap((list) => list ?? [])) t.false(isAllowedAddress(address));
});

test("a closed network opens loopback and private addresses, but neither cloud metadata nor documentation", (t) => {
  for (const address of ["127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fd00::1", "::ffff:127.0.0.1"])
    t.true(isAllowedAddress(address, true), address);
  for (const address of ["169.254.169.254", "168.63.129.16", "0.0.0.0", "::", "::2", "fe80::1", "224.0.0.1"])
    t.false(isAllowedAddress(address, true), address);
});
