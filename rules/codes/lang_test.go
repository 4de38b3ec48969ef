package codes

import "testing"

func TestLangOf(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		want Lang
	}{
		{nil, English},
		{map[string]string{"LANG": "ko_KR.UTF-8"}, Korean},
		{map[string]string{"LANG": "ko"}, Korean},
		{map[string]string{"LANG": "ko_KR.utf8@dict"}, Korean},
		{map[string]string{"LANG": "ko_KR.eucKR"}, English}, // what is printed is UTF-8
		{map[string]string{"LANG": "kok_IN.UTF-8"}, English},
		{map[string]string{"LANG": "C.UTF-8"}, English},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, Korean},
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "C"}, English},
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_ALL": "de_DE.UTF-8"}, English},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "C", "LC_ALL": "ko_KR.UTF-8"}, Korean},
	} {
		if got := LangOf(func(key string) string { return test.env[key] }); got != test.want {
			t.Errorf("%v: %s, want %s", test.env, got, test.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	for name, want := range map[string]string{"ko": "ko", "KO": "ko", "ko-KR": "ko", "ko_KR.UTF-8": "ko", "en": "en", "en_GB": "en", "fr": "", "": ""} {
		l, ok := ParseLang(name)
		if ok != (want != "") || ok && l.String() != want {
			t.Errorf("%q: %s, %v", name, l, ok)
		}
	}
}
