// What people choose most often, reduced to its stem: small letters, no digits or signs at the ends, look-alikes undone.
// One stem stands for hundreds of entries of the published lists (“Passw0rd123!”, “password1”, “PASSWORD2024”).
const stems = new Set(
  (
    "password passwort passwords passcode passphrase motdepasse contrasena contraseña wachtwoord senha parola haslo heslo salasana losenord " +
    "qwerty qwertyuiop qwertyui qwertz qwertzuiop azerty azertyuiop asdfgh asdfghjk asdfghjkl asdf asdfasdf zxcvbnm zxcvbn yxcvbnm " +
    "qazwsx qazwsxedc qweasd qweasdzxc qweqwe asdasd zxczxc qwer qwertyqwerty poiuytrewq lkjhgfdsa mnbvcxz abc abcd abcde abcdef " +
    "abcdefg abcdefgh abcdefghi abcdefghij abcabc aabbcc letmein letmeinnow welcome welcomeback admin administrator root toor guest " +
    "user username login master superuser system manager changeme changeit default secret topsecret test testing tester testtest temp " +
    "temporary iloveyou iloveu loveyou ilovehim iloveher lovelove love lover lovers forever always princess prince queen king " +
    "sunshine moonlight starlight sunflower butterfly flower flowers rainbow summer winter spring autumn january february march april " +
    "may june july august september october november december monday tuesday wednesday thursday friday saturday sunday dragon monkey " +
    "tigger tiger lion eagle falcon phoenix shadow hunter ranger killer ninja warrior wizard gandalf merlin starwars startrek skywalker " +
    "darthvader pokemon pikachu nintendo playstation minecraft fortnite mario zelda batman superman spiderman ironman hulk joker " +
    "football baseball basketball soccer hockey golf tennis liverpool arsenal chelsea barcelona realmadrid juventus manchester united " +
    "michael michelle jessica jennifer jordan joshua daniel andrew anthony matthew robert thomas charlie george william nicole ashley " +
    "amanda samantha elizabeth hannah sophie maria andrea patricia alexander alexandra benjamin christian dominic jonathan nicholas " +
    "richard steven vincent victoria veronica cristina gabriel fernando carlos alejandro roberto computer internet server network " +
    "google facebook youtube twitter instagram linkedin microsoft windows apple iphone samsung android mustang ferrari porsche mercedes " +
    "corvette camaro harley yamaha honda toyota jaguar chocolate cookie cookies cheese chicken banana orange pepper ginger coffee " +
    "pumpkin cherry strawberry whatever nothing something anything trustno trustnoone access accessgranted freedom liberty america " +
    "england london paris berlin germany deutschland france italia espana canada mexico australia brooklyn newyork california texas " +
    "dallas chicago boston yankees cowboys lakers steelers patriots jesus jesuschrist godisgood blessed blessing angel angels heaven " +
    "hello hellohello helloworld goodbye goodluck lucky luckyone money dollar diamond crystal silver golden platinum purple yellow " +
    "family mother father brother sister daughter grandma babygirl babyboy sweetheart sweetie honey darling friend friends bestfriend " +
    "bailey buster maggie molly rocky buddy snoopy garfield mickey mickeymouse donald hellokitty tinkerbell dolphin dolphins " +
    "elephant unicorn peanut pookie snickers hotdog bubbles scooter spider turtle rabbit panda puppy kitten kitty horses blog blogger " +
    "rookery website homepage wordpress example correcthorsebatterystaple mypassword mypass thepassword yourpassword newpassword " +
    "oldpassword nopassword passpass pass passpassword lol lollol hahaha blahblah blah foobar foobarbaz matrix metallica slipknot " +
    "nirvana eminem beatles slayer letmeinplease openup opensesame sesame enter enterprise oracle mysql database business company office"
  ).split(" "),
);
const lookalikes = new Map(
  Object.entries({ 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", 8: "b", "@": "a", $: "s", "!": "i" }),
);
const rows = [
  "0123456789012345678901234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb",
];

/** True for a password that guessers try first: a common word with decoration, a row of keys, a repetition, a few digits. */
export function isCommon(password: string): boolean {
  const small = password.toLowerCase();
  if (/^\d{1,12}$/.test(small) || new Set(small).size <= 3) return true;
  if (rows.some((row) => row.includes(small) || [...row].toReversed().join("").includes(small))) return true;
  const half = small.slice(0, small.length / 2);
  if (half.length < 6 && half + half === small) return true;
  return [bare(small), bare(undo(small)), undo(bare(small))].some((stem) => stems.has(stem));
}

const bare = (text: string): string => text.replace(/^[^a-zñ]+|[^a-zñ]+$/g, "");
const undo = (text: string): string => [...text].map((letter) => lookalikes.get(letter) ?? letter).join("");
