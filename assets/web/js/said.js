/* What devices say of themselves, in Chinese: they speak English, with {} for names and numbers. */

const SAID = [
  ["opening {}", "正在打开 {}"],
  ["{} cannot be opened; plug it in or check its name", "{} 打不开：插好，或核对名字"],
  ["{} gives no more pictures; trying again every second", "{} 没有画面了，正在重试"],
  ["{} is over", "{} 放完了"],
  ["no picture", "没有画面"],
  ["the picture is black; give it light, or open the lens", "画面全黑：加光，或打开镜头"],
  ["the picture is overexposed; close the iris or lock the exposure", "画面过曝：收光圈，或锁定曝光"],
  ["the picture is frozen", "画面定格不动"],
  ["too few pictures for gestures, which need 15 a second", "帧数太少：认手势要每秒 15 帧"],
  ["the picture was {}x{} and is now {}x{}; look at the zone again", "画面由 {}x{} 变成 {}x{}：再看一眼演区"],
  ["{}; pose is off: {}", "{}；姿态模型没有用上：{}"],
  ["{} is no .onnx file that OpenCV {} can read", "{} 不是 OpenCV {} 能读的 .onnx 文件"],
  ["{} does not take ({}); set pose_size = [width, height]", "{} 不接受 ({})：设 pose_size = [宽, 高]"],
  ["{} gives {}, and a pose model (1, 17, h, w) or (1, 17, 3)", "{} 给出 {}，姿态模型应给 (1, 17, h, w) 或 (1, 17, 3)"],
  ["{} takes {} ms a picture; give a smaller one", "{} 一帧要 {} 毫秒：换小一点的"],
  ["{}: there is no such pose model; give a path to an .onnx file, or mediapipe", "{}：没有这个姿态模型；写 .onnx 文件的路径，或 mediapipe"],
  ["{}, {} pictures a second", "{}，每秒 {} 帧"],
  ["camera", "摄像机"], ["keyboard", "键盘"], ["sound", "声音"], ["midi {}", "MIDI {}"], ["midi", "MIDI"], ["journal", "日志"], ["recording", "录制"],
  ["no MIDI system ({}); keys and phones play on", "没有 MIDI 系统（{}）；键盘和手机照常"],
  ["no sound device ({}); the show is silent: plug one in and start again", "没有声卡（{}）；这场静音演：插上再重新开始"],
  ["no key pressed in a window yet", "窗口里还没有按过键"],
  ["no MIDI device plugged in; one is taken up when it comes", "没有插 MIDI 设备；插上就能用"],
  ["no MIDI input has this name; found: {}", "没有叫这个名字的 MIDI 输入；现有：{}"],
  ["unplugged; taken up when it returns", "已拔出；插回就接上"],
  ["looking for ports", "正在找端口"],
  ["switched off", "已关"],
  ["connected", "已接上"],
  ["the show is locked: change the mode to rehearse to aim the camera", "正演时锁住：换到“排练”再对准摄像机"],
].map(function (pair) {
  const known = pair[0].replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\}/g, "(.+)");
  return { form: new RegExp("^" + known + "$"), words: pair[1] };
});

/* A sentence in Chinese; one that is not known stays as it is. */
export function said(sentence) {
  for (let i = 0; i < SAID.length; i++) {
    const found = SAID[i].form.exec(sentence);
    if (!found) continue;
    let k = 0;
    return SAID[i].words.replace(/\{\}/g, function () { k += 1; return said(found[k]); });
  }
  return sentence;
}
