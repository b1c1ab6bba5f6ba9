/* Every sentence the phones can say, in Chinese and English. */

export const WORDS = {
  wait: ["候场", "Wait"],
  seat: ["落座", "Sit"],
  tap: ["敲", "Tap"],
  flick: ["泼", "Throw"],
  cut: ["剪", "Cut"],
  rod: ["牵", "Hold"],
  vote: ["选", "Choose"],
  wish: ["愿", "Wish"],
  bow: ["谢幕", "Bow"],

  draw: ["画", "Draw"],
  room: ["进场码", "Room code"],

  leaf: ["给", "Give"],
  give: ["给", "Give"],
  leafLine: ["向上一划，送出你的叶子", "Swipe up to give your leaf"],
  pond: ["点水", "Touch"],
  pondLine: ["坐下了。点一点水面", "You are in. Touch the water"],
  tapLine: ["轻敲一下，台上会应", "Tap once; the stage answers"],
  flickLine: ["往上一甩，铁水成花", "Flick up: iron turns to flowers"],
  cutLine: ["慢划月牙，之字锯齿，点是水滴，圈是云", "Slow stroke, zig-zag, dot or curl"],
  rodLine: ["按住发光的杆头，和大家一起牵", "Hold the glowing rod end, all of you together"],
  voteLine: ["选一个，可以改", "Pick one; you may change it"],
  wishLine: ["挑一句心愿送上台", "Send one wish to the stage"],
  drawLine: ["用手指描一笔金", "Draw one line of gold with your finger"],
  roomLine: ["大屏幕上的四个字母", "The four letters on the big screen"],
  seatLine: ["点一下，您坐在哪一块？", "Tap where you are sitting"],
  stroke: ["写", "Write"],
  strokeHeld: ["「{char}」第 {n} 笔是你的，照着写", "Stroke {n} of {char} {pinyin} is yours: trace it"],
  strokeGiven: ["等笔", "In line"],
  strokeInked: ["入卷", "Inked"],
  strokeRiver: ["壶口", "Hukou"],
  strokeWait: ["「{char}」第 {n} 笔，前面还有 {wait} 笔", "Stroke {n} of {char}: {wait} before yours"],
  strokeOn: ["「{char}」第 {n} 笔，写上去了", "Stroke {n} of {char} is on the paper"],
  strokeDone: ["成篇", "Written"],
  strokeDoneLine: ["一百三十一笔，都是大家的手", "131 strokes, all of your hands"],
  bowLine: ["今夕何夕，谢谢您", "Thank you for this evening"],

  skip: ["跳过", "Skip"],
  stage: ["戏台", "Stage"],
  unfold: ["展开", "Unfold"],
  another: ["再剪一张", "Cut another"],
  undo: ["退一刀", "Undo a cut"],
  pane: ["第 {n} 格", "Pane {n}"],
  paneSoon: ["去窗上找你的花", "Look for it in the window"],
  crescent: ["月牙", "Crescent"],
  saw: ["锯齿", "Saw-tooth"],
  drop: ["水滴", "Drop"],
  cloud: ["云纹", "Cloud"],
  presets: ["也可以点一下图样", "Or tap a pattern"],
  ready: ["同炉 {n} %", "Ready {n} %"],
  hands: ["{n} 人同执此杆", "{n} hands on this rod"],
  ox: ["牛", "Ox"],
  tiger: ["虎", "Tiger"],
  rod_of: ["{name}的杆", "The {name}'s rod"],
  centre: ["咚", "dong"],
  rim: ["嗒", "da"],
  mine: ["我选的", "Mine"],
  seen: ["台上见", "Seen on stage"],
  number: ["您是 {n} 号", "You are number {n}"],
  linking: ["接回中", "Reconnecting"],
  here: ["回到这一页", "Come back to this page"],
  enter: ["进场", "Come in"],
  wrong: ["不是这个，再看一眼大屏幕", "Not this one; look at the screen again"],
  queue: ["满座，前面还有 {n} 位", "Full house: {n} before you"],
  tongue: ["English", "中文"],
  settings: ["设置", "Settings"],
  done: ["好", "Done"],
  left: ["左手", "Left hand"],
  calm: ["少动画", "Less motion"],
  reseat: ["换座位", "Change seat"],
  forget: ["忘记我", "Forget me"],
  sure: ["再按一次，编号和座位都删除", "Press again: number and seat are erased"],
  forgotten: ["已经忘记您了", "You are forgotten"],
  again: ["重新进场", "Come in anew"],

  cloudline: ["云", "Cloud"],
  wave: ["水", "Wave"],
  fret: ["回", "Fret"],
  petal: ["莲", "Lotus"],
  lines: ["也可以点一种纹样", "Or tap a motif"],

  own: ["或写一句自己的", "Or write your own"],
  ownHint: ["先由台前的人看过，再上台", "Someone at the desk reads it first"],
  send: ["送上", "Send"],
  sent: ["送到了，等台前的人看", "Sent; someone is reading it"],
  left_s: ["还有 {n} 秒", "{n} s left"],

  keepsake: ["存下今晚", "Keep tonight"],
  cutout: ["剪纸图 SVG", "Flower as SVG"],
  press: ["长按图片也能保存", "Or press long on the picture to save it"],
  save: ["保存", "Save"],
  came: ["今晚，你在这里", "You were here tonight"],
  didgive: ["送出 {n} 片叶", "1 leaf|{n} leaves"],
  didcut: ["剪 {n} 刀", "1 cut|{n} cuts"],
  diddraw: ["画 {n} 笔", "1 line|{n} lines"],
  didtrace: ["写 {n} 笔", "1 stroke|{n} strokes"],
  didflick: ["泼铁 {n} 勺", "1 ladle of iron|{n} ladles of iron"],
  didtap: ["敲 {n} 下", "1 tap|{n} taps"],
  didvote: ["选 {n} 次", "1 vote|{n} votes"],
  didwish: ["许愿 {n} 句", "1 wish|{n} wishes"],
};

/* `{n}` is filled in; of `one thing|{n} things` the part that fits n is taken. */
export function fill(text, facts) {
  const forms = text.split("|");
  text = forms.length > 1 && facts && facts.n !== 1 ? forms[1] : forms[0];
  return text.replace(/\{(\w+)\}/g, function (whole, name) {
    return facts && name in facts ? String(facts[name]) : whole;
  });
}

export function firstTongue() {
  const wanted = (navigator.languages && navigator.languages[0]) || navigator.language || "zh";
  return wanted.toLowerCase().indexOf("zh") === 0 ? "zh" : "en";
}
