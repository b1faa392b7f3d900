// The page's own words, in Thai and English.

import { recall, remember } from "./memory.js";

const WORDS = {
  th: {
    add: "เพิ่มเพื่อน", addCitizen: "เพิ่มผู้ใช้", attach: "แนบรูปหรือไฟล์", audio: "เสียง", back: "กลับ", block: "บล็อกบัญชีนี้",
    blocked: "คุณบล็อกบัญชีนี้อยู่ ข้อความจะไม่ถูกส่งถึงกัน", blockedNote: "บล็อกแล้ว", camera: "ถ่ายรูป", cancel: "ยกเลิก", choose: "เลือก",
    citizen: "ผู้ใช้", close: "ปิด", closePhone: "ปิดโทรศัพท์นี้", copied: "คัดลอกแล้ว", copy: "คัดลอก", coordinates: "พิกัด",
    dateSent: "เลือก {what}", demo: "โทรศัพท์จำลอง", demoText: "ลองเป็นประชาชนคุยกับบอท ทุกอย่างเป็นข้อมูลสาธิตในเครื่องนี้ ไม่ได้ส่งไปที่ LINE จริง",
    denied: "เบราว์เซอร์ไม่อนุญาต", developer: "แสดงปุ่มดู JSON", download: "ดาวน์โหลด", failed: "ส่งไม่สำเร็จ แตะเพื่อส่งใหม่", file: "ไฟล์",
    followNote: "คุณเพิ่มเพื่อนแล้ว", front: "หน้าแรก", gone: "เปิดรายการนี้ไม่ได้", here: "ใช้ตำแหน่งของฉัน", json: "ดู JSON",
    jsonTitle: "JSON ที่อยู่เบื้องหลัง", language: "ภาษา", latitude: "ละติจูด", leave: "เปิดลิงก์", lineOnly: "ลิงก์นี้เปิดได้ในแอป LINE เท่านั้น",
    location: "ตำแหน่งที่ตั้ง", locationTitle: "ส่งตำแหน่งที่ตั้ง", log: "บทสนทนา", longitude: "ลองจิจูด", me: "คุณคือ {name}", menu: "ตัวเลือก", message: "พิมพ์ข้อความ",
    messageMenu: "ตัวเลือกของข้อความ", name: "ชื่อที่แสดง", newest: "ข้อความใหม่", noCitizen: "ยังไม่มีผู้ใช้", noName: "กรุณาใส่ชื่อ", offline: "ติดต่อเซิร์ฟเวอร์ไม่ได้ กำลังลองใหม่…",
    official: "บัญชีทางการ", online: "เชื่อมต่อแล้ว", openPhones: "โทรศัพท์ที่เปิดอยู่", otherDate: "เลือกวันอื่น", outside: "ภาพจากภายนอก", pickDate: "เลือกวันที่", pickTime: "เลือกเวลา",
    pickDatetime: "เลือกวันและเวลา", photo: "รูปภาพ", places: "สถานที่ตัวอย่าง", quick: "คำตอบด่วน", range: "เลือกได้ {from} ถึง {to}", record: "เริ่มอัดเสียง", recording: "กำลังอัดเสียง",
    refused: "ทำรายการไม่สำเร็จ ({why})", resend: "ส่งใหม่", richMenu: "เมนู", send: "ส่ง", sending: "กำลังส่ง", sendVoice: "หยุดและส่ง", setLanguage: "English", sticker: "สติกเกอร์", stickers: "สติกเกอร์",
    switchCitizen: "เปลี่ยนผู้ใช้", today: "วันนี้", tooBig: "ไฟล์ใหญ่เกินไป (ไม่เกิน {size} MB)", typing: "กำลังพิมพ์", unblock: "เลิกบล็อก", unblockNote: "เลิกบล็อกแล้ว", unread: "ข้อความใหม่ {count}",
    unsend: "ยกเลิกข้อความ", unsentMe: "คุณยกเลิกข้อความ", video: "วิดีโอ", voice: "ข้อความเสียง", voiceFile: "เลือกไฟล์เสียง", welcome: "สวัสดีค่ะ",
    welcomeText: "บอกสิ่งที่อยากให้ภาครัฐปรับปรุง ด้วยภาษาของคุณเอง", welcomeDemo: "นี่คือการสาธิต คุณกำลังเล่นเป็น {name}", wrongCoordinates: "กรุณาใส่พิกัดให้ถูกต้อง",
    wrongDate: "กรุณาเลือกภายในช่วงที่กำหนด", yesterday: "เมื่อวาน", opened: "เปิดอยู่", friend: "เป็นเพื่อนแล้ว", stranger: "ยังไม่ได้เพิ่มเพื่อน", languageName: "ภาษาของผู้ใช้", forget: "ลบข้อความที่ส่งไม่สำเร็จ",
    hint: "กดค้างที่ข้อความ เพื่อยกเลิกหรือดู JSON", pressHint: "คลิกขวาที่ข้อความ เพื่อยกเลิกหรือดู JSON",
  },
  en: {
    add: "Add friend", addCitizen: "Add a citizen", attach: "Attach a photo or file", audio: "Audio", back: "Back", block: "Block this account",
    blocked: "You have blocked this account. No messages go either way.", blockedNote: "Blocked", camera: "Camera", cancel: "Cancel", choose: "Choose",
    citizen: "Citizen", close: "Close", closePhone: "Close this phone", copied: "Copied", copy: "Copy", coordinates: "Coordinates",
    dateSent: "Chose {what}", demo: "Demo phone", demoText: "Be a citizen and talk to the bot. All of it is demo data on this machine; nothing goes to the real LINE.",
    denied: "The browser does not allow it", developer: "Show JSON buttons", download: "Download", failed: "Not sent. Tap to send again", file: "File",
    followNote: "You added this account", front: "Front page", gone: "This cannot be opened", here: "Use my position", json: "Show JSON",
    jsonTitle: "The JSON behind it", language: "Language", latitude: "Latitude", leave: "Open link", lineOnly: "This link opens only in the LINE app",
    location: "Location", locationTitle: "Send a location", log: "Conversation", longitude: "Longitude", me: "You are {name}", menu: "Options", message: "Message",
    messageMenu: "Message options", name: "Display name", newest: "New message", noCitizen: "No citizens yet", noName: "Please give a name", offline: "Cannot reach the server. Trying again…",
    official: "Official account", online: "Connected", openPhones: "Open phones", otherDate: "Another date", outside: "Picture from outside", pickDate: "Choose a date", pickTime: "Choose a time",
    pickDatetime: "Choose a date and time", photo: "Photo", places: "Sample places", quick: "Quick replies", range: "From {from} to {to}", record: "Record", recording: "Recording",
    refused: "That did not work ({why})", resend: "Send again", richMenu: "Menu", send: "Send", sending: "Sending", sendVoice: "Stop and send", setLanguage: "ไทย", sticker: "Sticker", stickers: "Stickers",
    switchCitizen: "Change citizen", today: "Today", tooBig: "The file is too big (at most {size} MB)", typing: "Typing", unblock: "Unblock", unblockNote: "Unblocked", unread: "{count} new messages",
    unsend: "Unsend", unsentMe: "You unsent a message", video: "Video", voice: "Voice message", voiceFile: "Choose a sound file", welcome: "Hello",
    welcomeText: "Tell the government what should be better, in your own words", welcomeDemo: "This is a demo. You are playing {name}", wrongCoordinates: "Please give valid coordinates",
    wrongDate: "Please choose within the range", yesterday: "Yesterday", opened: "Open", friend: "Friend", stranger: "Not yet a friend", languageName: "The citizen's language", forget: "Remove the unsent message",
    hint: "Press and hold a message to unsend it or see its JSON", pressHint: "Right-click a message to unsend it or see its JSON",
  },
};

export const LANGUAGES = { th: "ไทย", en: "English", my: "မြန်မာ", km: "ខ្មែរ", lo: "ລາວ" };

let current = recall("words", "th") === "en" ? "en" : "th";

export const language = () => current;
export const locale = () => (current === "th" ? "th-TH-u-ca-buddhist-nu-latn" : "en-GB");

export function setLanguage(chosen) {
  current = chosen;
  remember("words", chosen);
  document.documentElement.lang = chosen;
}

/** A sentence of the page; {facts} are put in. */
export function t(key, facts = {}) {
  return WORDS[current][key].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

const format = (options) => (when) => new Intl.DateTimeFormat(locale(), options).format(when);
export const clock = (at) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })(new Date(at));
export const longDate = (iso) => format({ weekday: "long", day: "numeric", month: "long", year: "numeric" })(new Date(`${iso}T00:00`));
export const shortDate = (iso) => format({ day: "numeric", month: "short", year: "numeric" })(new Date(`${iso}T00:00`));

const DAY = 86_400_000;

/** "Today", "yesterday" or the date, for the line between two days of talk. */
export function dayName(at) {
  const midnight = (when) => new Date(when).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(Date.now()) - midnight(at)) / DAY);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return format({ weekday: "short", day: "numeric", month: "short", year: "numeric" })(new Date(at));
}
